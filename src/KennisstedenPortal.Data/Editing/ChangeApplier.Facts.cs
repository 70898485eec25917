using System.Text.Json.Nodes;
using KennisstedenPortal.Data.People;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Editing;
using KennisstedenPortal.Domain.Indicators;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using KennisstedenPortal.Domain.Themes;
using Microsoft.EntityFrameworkCore;

namespace KennisstedenPortal.Data.Editing;

/// <summary>Sources, citations, provenance, figures and themes.</summary>
internal sealed partial class ChangeApplier
{
    private const int DigitsMax = 15, DecimalsMax = 4;
    private static readonly Text Future = new("De datum ligt in de toekomst.", "The date lies in the future.");

    /// <summary>Identities that the change gives to sources which stood in the register already.</summary>
    private readonly Dictionary<Guid, Guid> _knownSources = [];

    private async Task SourceAsync(string path, JsonNode? value, CancellationToken cancellation)
    {
        if (IdOf(path) is not { } id || value is null || await db.Sources.AnyAsync(s => s.Id == id, cancellation)) return;
        var (title, locator, published) = (TextOf(path, value, "title", Source.TitleMaxLength, required: true), TextOf(path, value, "locator", Source.LocatorMaxLength, required: true), PeriodOf(path, value, "publishedOn"));
        if (title is null || locator is null) return;
        if (InputText.LocatorProblem(locator) is { } problem)
        {
            Refuse(path, problem);
            return;
        }
        if (Period.FirstDay(published) > today)
        {
            Refuse(path, Future);
            return;
        }
        // One source by where it is found, without case, as the import merges them.
        var pattern = Patterns.Literal(locator);
        if (await db.Sources.Where(s => EF.Functions.ILike(s.Locator, pattern, "\\")).Select(s => (Guid?)s.Id).FirstOrDefaultAsync(cancellation) is { } known) _knownSources[id] = known;
        else db.Add(new Source { Id = id, Title = title, Locator = locator, PublishedOn = published, Sort = "web" });
    }

    /// <summary>The source a member names, or null with a problem.</summary>
    private async Task<Guid?> SourceOfAsync(string path, JsonNode node, CancellationToken cancellation)
    {
        if (Json.Id((node as JsonObject)?["source"]) is { } id)
        {
            if (_knownSources.TryGetValue(id, out var known)) return known;
            if (db.Sources.Local.Any(s => s.Id == id) || await db.Sources.AnyAsync(s => s.Id == id, cancellation)) return id;
        }
        Refuse(path, "Kies de bron, of voeg haar toe.", "Choose the source, or add it.");
        return null;
    }

    private async Task CitationAsync(string path, JsonNode? value, CancellationToken cancellation)
    {
        if (IdOf(path) is not { } id) return;
        var present = item.Citations.FirstOrDefault(c => c.Id == id);
        if (value is null)
        {
            if (present is not null) Drop(item.Citations, present);
            return;
        }
        // One that stands there already is named to say that it holds for the new value too.
        if (present is not null || IsTaken(path, await db.Citations.AnyAsync(c => c.Id == id, cancellation))) return;
        var field = Json.Text((value as JsonObject)?["field"]);
        if (field is not null && !_kind.FieldsByName.ContainsKey(field))
        {
            Refuse(path, UnknownPath);
            return;
        }
        var passage = TextOf(path, value, "passage", RegisterObject.ShortTextMaxLength);
        if (await SourceOfAsync(path, value, cancellation) is { } source) item.Citations.Add(new Citation { Id = id, SourceId = source, ObjectId = item.Id, Field = field, Passage = passage });
    }

    private void Provenance(string path, JsonNode? value)
    {
        var field = ChangeSet.KeyOf(path);
        var present = item.Provenance.FirstOrDefault(p => p.Field == field);
        if (value is null)
        {
            if (present is not null) Drop(item.Provenance, present);
            return;
        }
        if (present is null && !_kind.FieldsByName.ContainsKey(field))
        {
            Refuse(path, UnknownPath);
            return;
        }
        var note = TextOf(path, value, "note", FieldProvenance.NoteMaxLength, multiline: true);
        var verification = VerificationOf(path, value);
        if (present is null)
        {
            present = new FieldProvenance { ObjectId = item.Id, Field = field };
            item.Provenance.Add(present);
        }
        var language = Json.Text((value as JsonObject)?["noteLanguage"]);
        (present.Verification, present.Note, present.NoteLanguage) = (verification, note, language is "en" ? language : null);
    }

    /// <summary>People say that they saw it in the source, know it, or chose it; nobody calls anything an example.</summary>
    private Verification? VerificationOf(string path, JsonNode value)
    {
        var given = (value as JsonObject)?["verification"];
        if (given is null) return null;
        if (Json.Code<Verification>(given) is { } verification and not Verification.Example) return verification;
        Refuse(path, "Kies hoe dit is nagegaan.", "Choose how this was checked.");
        return null;
    }

    private async Task ThemeAsync(string path, JsonNode? value, CancellationToken cancellation)
    {
        var code = ChangeSet.KeyOf(path);
        var present = item.Specialisations.FirstOrDefault(s => s.ThemeCode == code);
        if (value is null)
        {
            if (present is not null) Drop(item.Specialisations, present);
            return;
        }
        var (given, basis) = ((value as JsonObject)?["strength"], TextOf(path, value, "basis", Specialisation.BasisMaxLength, multiline: true));
        var strength = Json.Code<Strength>(given);
        if (given is not null && strength is null) Refuse(path, "Kies kern, sterk of in opbouw.", "Choose core, strong or emerging.");
        if (present is null)
        {
            // Chosen from the list, or put back after somebody else removed it: what came with the register may be an official code.
            if (!InputText.IsCode(code) || !await db.Themes.AnyAsync(t => t.Code == code && (t.TaxonomyCode == Taxonomy.EntryCode || db.FieldChanges.Any(c => c.ObjectId == item.Id && c.Field == path)), cancellation))
            {
                Refuse(path, "Kies een thema uit de lijst.", "Choose a theme from the list.");
                return;
            }
            present = new Specialisation { Id = Guid.CreateVersion7(), ObjectId = item.Id, ThemeCode = code };
            item.Specialisations.Add(present);
        }
        // Who keeps the object and sets a strength confirms it; until then it is an estimate of the editors. One that comes back from
        // an older version without having been confirmed is that estimate still.
        var node = value as JsonObject;
        var estimate = node?["confirmedOn"] is null && Json.Code<Verification>(node?["strengthVerification"]) is { } checkedAs and not Verification.Example ? checkedAs : (Verification?)null;
        if (present.Strength != strength || db.Entry(present).State == EntityState.Added)
            (present.Strength, present.StrengthVerification, present.ConfirmedOn) = (strength, strength is null ? null : estimate, strength is null || estimate is not null ? null : today);
        present.Basis = basis;
    }

    private async Task ObservationAsync(string path, JsonNode? value, CancellationToken cancellation)
    {
        if (IdOf(path) is not { } id) return;
        var present = item.Observations.FirstOrDefault(o => o.Id == id);
        if (value is null)
        {
            if (present is null) return;
            // A statement of a city rests on it; one that this change writes or removes too is looked at there.
            var rests = (await db.Set<SwotEvidence>().Where(e => e.ObservationId == id).Select(e => e.ItemId).ToListAsync(cancellation)).Exists(i => !_changes.Has($"swot/{i}"));
            if (rests) Refuse(path, "Een stad gebruikt dit cijfer als bewijs. Pas eerst dat sterke of zwakke punt aan, of vraag de stad dat te doen.", "A city uses this figure as evidence. First change that strength or weakness, or ask the city to.");
            else Drop(item.Observations, present);
            return;
        }
        var node = value as JsonObject;
        var (number, missing) = (Json.Number(node?["value"]), Json.Code<Missing>(node?["missing"]));
        if (node?["value"] is not null && number is null)
            Refuse(path, "Dit is geen getal dat we zeker kunnen lezen. Schrijf bijvoorbeeld 159.000 of 12,5: een punt voor duizendtallen, een komma voor wat erachter komt.", "This is no number that we can read with certainty. Write for example 159,000 or 12.5: a comma for thousands, a point for decimals.");
        else if (number is not null && (Math.Abs(number.Value) >= (decimal)Math.Pow(10, DigitsMax) || decimal.Round(number.Value, DecimalsMax) != number))
            Refuse(path, $"Vul een getal in van hooguit {DigitsMax} cijfers, met hooguit {DecimalsMax} achter de komma.", $"Enter a number of at most {DigitsMax} digits, with at most {DecimalsMax} decimals.");
        else if ((number is null) == (missing is null) || node?["missing"] is not null && missing is null)
            Refuse(path, "Vul een getal in, of kies onbekend of niet van toepassing. 0 en onbekend zijn niet hetzelfde.", "Enter a number, or choose unknown or not applicable. 0 and unknown are not the same.");
        var (segment, qualifier, verification) = (TextOf(path, value, "segment", 100), TextOf(path, value, "qualifier", 500), VerificationOf(path, value) ?? Verification.GeneralKnowledge);
        var (derived, preferred) = (Json.Flag(node?["derived"]) ?? false, Json.Flag(node?["preferred"]) ?? false);
        if (present is not null)
        {
            if (Json.Text(node?["indicator"]) is { } other && other != present.IndicatorCode || Json.Text(node?["period"]) is { } period && period != present.ReferencePeriod || Json.Id(node?["source"]) is { } source && source != present.SourceId)
                Refuse(path, "Voor een ander cijfer, een andere datum of een andere bron voegt u een nieuw cijfer toe.", "For another figure, date or source, add a new figure.");
            var isOther = (present.Value, present.Missing) != (number, missing);
            (present.Value, present.Missing, present.Segment, present.Qualifier, present.IsDerived, present.IsPreferred) = (number, missing, segment, qualifier, derived, preferred);
            // A mark never outlives the value it was for.
            if (isOther || node?["verification"] is not null) present.Verification = verification;
            if (preferred) Prefer(path, present);
            if (isOther) (present.MinValue, present.MaxValue, present.SuppressedCells, present.ValueType) = (null, null, null, ValueBasis.AsPublished);
            return;
        }
        if (IsTaken(path, await db.Observations.AnyAsync(o => o.Id == id, cancellation))) return;
        var code = Json.Text(node?["indicator"]);
        var indicator = !InputText.IsCode(code) ? null : await db.Indicators.AsNoTracking().FirstOrDefaultAsync(i => i.Code == code, cancellation);
        if (indicator is null) Refuse(path, "Kies wat het getal telt.", "Choose what the number counts.");
        var reference = PeriodOf(path, value, "period");
        if (reference is null && Json.Text(node?["period"]) is not { Length: > 0 }) Refuse(path, "Vul in voor welk jaar of welke dag het getal geldt.", "Enter the year or day for which the number holds.");
        else if (reference is not null && Period.FirstDay(reference) > today) Refuse(path, Future);
        var from = await SourceOfAsync(path, value, cancellation);
        if (indicator is null || reference is null || from is null) return;
        var added = new Observation
        {
            Id = id,
            IndicatorCode = indicator.Code,
            ObjectId = item.Id,
            ReferencePeriod = reference,
            PeriodStart = Period.FirstDay(reference)!.Value,
            Value = number,
            Missing = missing,
            Unit = indicator.Unit,
            Segment = segment,
            Qualifier = qualifier,
            IsDerived = derived,
            IsPreferred = preferred,
            SourceId = from.Value,
            Verification = verification,
        };
        item.Observations.Add(added);
        if (preferred) Prefer(path, added);
    }

    /// <summary>Of what was counted for one period, one figure is preferred.</summary>
    private void Prefer(string path, Observation chosen)
    {
        foreach (var other in item.Observations.Where(o => o != chosen && o.IsPreferred && (o.IndicatorCode, o.ReferencePeriod, o.AreaCode, o.Segment) == (chosen.IndicatorCode, chosen.ReferencePeriod, chosen.AreaCode, chosen.Segment)))
        {
            if (Json.Flag((_changes[$"observation/{other.Id}"] as JsonObject)?["preferred"]) == true) Refuse(path, "Kies één cijfer dat voorgaat.", "Choose one figure that is preferred.");
            other.IsPreferred = false;
        }
    }
}
