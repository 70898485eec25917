using System.Text;
using KennisstedenPortal.Data.Editing;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Agenda;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Geography;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using KennisstedenPortal.Domain.Themes;

namespace KennisstedenPortal.Web.Tests.Working;

/// <summary>The rules of what may be filled in, in the documentation, are those of the code and of the database.</summary>
public sealed class ValidationDocumentTests(Site site)
{
    private static readonly string Document = File.ReadAllText(Repository.Of("docs", "validation.md"));

    [Fact]
    public void Document_OfValidation_SaysWhatTheCodeDoes() => Document.Should().Contain(Rules(), "this part of docs/validation.md is made from the registry of kinds; put this in its place");

    [Fact]
    public async Task Document_OfValidation_NamesEveryRuleForACombination()
    {
        var rules = await site.Portal.Database.ScalarAsync<string[]>("select array_agg(conname::text order by conname) from pg_constraint where contype = 'c' and cardinality(conkey) > 1 and connamespace = 'public'::regnamespace");

        rules.Should().HaveCountGreaterThan(5);
        rules.Where(r => !Document.Contains($"`{r}`", StringComparison.Ordinal)).Should().BeEmpty();
    }

    private static string Rules()
    {
        var text = new StringBuilder();
        var common = KindRegistry.All[0].Fields.Where(f => KindRegistry.All.All(k => k.FieldsByName.ContainsKey(f.Name))).ToList();
        Table(text, "Every kind", common);
        foreach (var kind in KindRegistry.All) Table(text, kind.Singular.En, kind.Fields.Where(f => !common.Exists(c => c.Name == f.Name)));
        text.Append("### What belongs to an object\n\n| text | most characters |\n|---|---|\n");
        foreach (var (what, most) in new[] { ("note of a relation", Relation.NoteMaxLength), ("what shows a theme", Specialisation.BasisMaxLength), ("strength, weakness, opportunity or threat", SwotItem.TextMaxLength), ("what is offered or sought", Exchange.TextMaxLength), ("title of a milestone", Milestone.TitleMaxLength), ("evidence in words", Milestone.NoteMaxLength), ("what a party commits to", Commitment.TextMaxLength), ("why a commitment lapsed or was extended", Commitment.ReasonMaxLength), ("subject of an agenda point", AgendaPoint.TitleMaxLength), ("decision that is asked for, or was taken", AgendaPoint.TextMaxLength), ("update on an action", ProgressUpdate.TextMaxLength), ("title of a source", Source.TitleMaxLength), ("where a source is found", Source.LocatorMaxLength), ("remark on a fact", FieldProvenance.NoteMaxLength), ("reason of a change", ObjectWriter.ReasonMaxLength), ("reason of a proposal, decision on it, remark from a mail", Proposal.ReasonMaxLength), ("name of a person", Account.NameMaxLength), ("e-mail address of a person", Account.EmailMaxLength) })
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"| {what} | {most} |\n");
        text.Append(System.Globalization.CultureInfo.InvariantCulture, $"\nDays of an action lie from {DayText.MinYear} to {DayText.MaxYear} and amounts are 0 or more, with at most {AgendaAction.AmountDigits - AgendaAction.AmountDecimals} digits before the comma and {AgendaAction.AmountDecimals} behind it. Years and dates lie from {FieldDefinition.MinYear} to {FieldDefinition.MaxYear}, places from {Netherlands.MinLatitude} to {Netherlands.MaxLatitude} degrees north and {Netherlands.MinLongitude} to {Netherlands.MaxLongitude} east. A list holds at most {FieldDefinition.MaxItems} items, a change at most {ChangeSet.MaxPaths} paths and {ChangeSet.MaxLength} characters of JSON.\n");
        return text.ToString();
    }

    private static void Table(StringBuilder text, string title, IEnumerable<FieldDefinition> fields)
    {
        text.Append(System.Globalization.CultureInfo.InvariantCulture, $"### {title}\n\n| field | filled in as | most characters | required | right to change it |\n|---|---|---|---|---|\n");
        foreach (var f in fields.Where(f => f.Input != FieldInput.None))
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"| {f.Label.En} | {Codes<FieldInput>.Label(f.Input).En} | {f.MaxLength} | {(f.IsRequired ? "yes" : "no")} | {Codes<Right>.Label(f.Needs).En} |\n");
        text.Append('\n');
    }
}
