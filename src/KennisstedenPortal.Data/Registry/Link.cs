namespace KennisstedenPortal.Data.Registry;

/// <summary>An object to link to: the last part of its address, and its name.</summary>
public sealed record Link(string Slug, string Name);
