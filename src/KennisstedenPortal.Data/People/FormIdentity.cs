using System.Security.Cryptography;
using System.Text;

namespace KennisstedenPortal.Data.People;

/// <summary>Identity of what a form makes, so that a second click on it makes it once.</summary>
internal static class FormIdentity
{
    /// <summary>
    /// The same for the same form with the same contents, another when something was changed in between, as by who goes back.
    /// The form's own identity is kept nowhere, so nobody reads the contents in it.
    /// </summary>
    public static Guid Of(Guid form, params ReadOnlySpan<string> contents) => new(SHA256.HashData(Encoding.UTF8.GetBytes($"{form}\n{string.Join('\n', contents)}"))[..16]);
}
