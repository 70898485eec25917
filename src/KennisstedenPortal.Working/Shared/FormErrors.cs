namespace KennisstedenPortal.Working.Shared;

/// <summary>What is wrong with a form: by the id of the field, in the order in which the fields stand.</summary>
public sealed class FormErrors
{
    private readonly List<(string Field, string Sentence)> _all = [];

    public bool Any => _all.Count > 0;
    public IReadOnlyList<(string Field, string Sentence)> All => _all;

    /// <param name="field">Id of the field to which the summary leads.</param>
    /// <param name="sentence">Says what to do.</param>
    public void Add(string field, string sentence) => _all.Add((field, sentence));

    /// <summary>A live form is looked at more than once.</summary>
    public void Clear() => _all.Clear();

    public string? Of(string field) => _all.Find(e => e.Field == field).Sentence;
}
