using KennisstedenPortal.Data.People;
using KennisstedenPortal.Domain.Access;
using KennisstedenPortal.Domain.Registry;
using KennisstedenPortal.Working.Shared;

namespace KennisstedenPortal.Working.Administration;

/// <summary>
/// An object of the register that somebody names in a plain form: typed, and when the name is not enough, chosen from what
/// comes near. No list of all objects is ever sent or kept.
/// </summary>
/// <param name="kindCodes">Of which kinds it may be; the first is what messages call it.</param>
public sealed class ChosenObject(string name, params string[] kindCodes)
{
    /// <summary>Id and name of the text field.</summary>
    public string Field => name;
    public string? Typed { get; private set; }
    /// <summary>What has the name, or else what comes near it.</summary>
    public IReadOnlyList<Choice> Choices { get; private set; } = [];
    /// <summary>The name was not enough: also the only thing that comes near may be something else than was meant.</summary>
    public bool IsAsked => Choices.Count > 0 && Choices is not [{ IsExact: true }];
    public Guid? Id { get; private set; }

    /// <param name="typed">The name.</param>
    /// <param name="offered">The name for which choices were offered; another name asks anew.</param>
    /// <param name="chosen">Which of them.</param>
    /// <param name="actor">Who names it: of what is not public only what they may read is found.</param>
    public async Task ResolveAsync(PeopleQuery query, string? typed, string? offered, string? chosen, Actor actor, FormErrors errors, Func<string, string, string> t, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        Typed = typed;
        var kind = KindRegistry.OfCode(kindCodes[0]);
        var found = new List<Choice>();
        foreach (var other in kindCodes.Select(KindRegistry.OfCode))
            // Things of several kinds may have one name: each says what it is.
            found.AddRange((await query.ChoicesAsync(other.Code, typed, actor, cancellation)).Select(c => kindCodes.Length == 1 ? c : c with { Place = string.Join(", ", new[] { t(other.Singular.Nl, other.Singular.En), c.Place }.OfType<string>()) }));
        // Among kinds too, the exact name is enough when only one has it.
        Choices = found.FindAll(c => c.IsExact) is [var only] ? [only] : found;
        if (Choices.Count == 0)
        {
            errors.Add(name, string.IsNullOrWhiteSpace(typed)
                ? t($"Vul de naam van een {kind.Singular.Nl.ToLowerInvariant()} in.", $"Fill in the name of a {kind.Singular.En.ToLowerInvariant()}.")
                : t($"Er is geen {kind.Singular.Nl.ToLowerInvariant()} met deze naam in het register. Controleer de spelling.", $"There is no {kind.Singular.En.ToLowerInvariant()} of this name in the register. Check the spelling."));
            return;
        }
        if (!IsAsked) Id = Choices[0].Id;
        else if (typed == offered && Guid.TryParse(chosen, out var id) && Choices.Any(c => c.Id == id)) Id = id;
        else errors.Add(name + "-keuze", t("Kies welke u bedoelt.", "Choose which one you mean."));
    }
}
