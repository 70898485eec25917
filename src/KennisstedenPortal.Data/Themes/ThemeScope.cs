using System.Linq.Expressions;
using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using KennisstedenPortal.Domain.Themes;

namespace KennisstedenPortal.Data.Themes;

/// <summary>What counts under a theme: public objects and what is recorded about them, without examples (product rule 10).</summary>
internal static class ThemeScope
{
    /// <summary>A link to a theme that is not invented.</summary>
    public static readonly Expression<Func<Specialisation, bool>> IsReal =
        s => s.Verification != Verification.Example && s.StrengthVerification != Verification.Example;

    /// <summary>Real links to a code, and to all codes that roll up to it when it is an entry theme.</summary>
    public static Expression<Func<Specialisation, bool>> Under(string code) =>
        s => (s.ThemeCode == code || s.Theme!.EntryThemeCode == code) && s.Verification != Verification.Example && s.StrengthVerification != Verification.Example;

    public static IQueryable<RegisterObject> Real(this IQueryable<RegisterObject> objects) => objects.Public().Where(o => o.Verification != Verification.Example);
}
