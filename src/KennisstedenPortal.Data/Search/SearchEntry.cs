using KennisstedenPortal.Data.Configurations;
using KennisstedenPortal.Data.Registry;
using KennisstedenPortal.Domain;
using KennisstedenPortal.Domain.Provenance;
using KennisstedenPortal.Domain.Registry;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NpgsqlTypes;

namespace KennisstedenPortal.Data.Search;

/// <summary>
/// What lists, search and map read: one narrow row per public object, derived from the object and what belongs to it, and
/// written in the transaction that changes it (<see cref="SearchIndex"/>). Never the source of a fact.
/// </summary>
public sealed class SearchEntry
{
    public required Guid ObjectId { get; init; }
    public required string Kind { get; init; }
    public required string Slug { get; init; }
    public required string Name { get; init; }
    public string? ShortName { get; init; }
    /// <summary>Slug of the sort within the kind, see <see cref="KindSorts"/>.</summary>
    public string? Sort { get; init; }
    /// <summary>Description or subjects, cut to <see cref="SearchIndex.SummaryLength"/>.</summary>
    public string? Summary { get; init; }
    /// <summary>The text from which a snippet is taken.</summary>
    public required string Text { get; init; }
    public string? MunicipalityName { get; init; }
    /// <summary>Slugs of the kennissteden it belongs to or whose region it is in.</summary>
    public required string[] Cities { get; init; }
    /// <summary>Entry themes, strongest first.</summary>
    public required string[] Themes { get; init; }
    public required Verification Verification { get; init; }
    public DateOnly? ConfirmedOn { get; init; }
    public DateOnly? ReviewBy { get; init; }
    public required DateTimeOffset ChangedAt { get; init; }
    public double? Longitude { get; init; }
    public double? Latitude { get; init; }
    public PlacePrecision? Precision { get; init; }
    /// <summary>Order among equals: cities first, organisations known by name only last.</summary>
    public required short Weight { get; init; }
    /// <summary>A number without meaning, the same at every write, by which a sample of a crowded map is spread evenly.</summary>
    public required int Spread { get; init; }
    /// <summary>What it can be filtered by: <c>group:value</c>, see <see cref="Facet"/>.</summary>
    public required string[] Facets { get; init; }
    /// <summary>Its names and abbreviations, folded (<see cref="SearchText.Fold"/>): who types one of them means this object.</summary>
    public required string[] Keys { get; init; }
    public required NpgsqlTsVector Words { get; init; }
}

/// <summary>Number of public objects per facet, kept exact by every write, so that no page has to count a million rows.</summary>
public sealed class SearchTotal
{
    public required string Facet { get; init; }
    public required int Count { get; init; }
}

/// <summary>A word that occurs in the register; typing errors are mended from these. Words stay until the next rebuild.</summary>
public sealed class SearchWord
{
    public const int MinLength = 4, MaxLength = 60;

    public required string Word { get; init; }
}

/// <summary>One row: by what code the entries were built. Another number at migration means: build anew.</summary>
public sealed class SearchBuild
{
    public required int Id { get; init; }
    public required string Fingerprint { get; init; }
}

internal sealed class SearchEntryConfiguration : IEntityTypeConfiguration<SearchEntry>
{
    public void Configure(EntityTypeBuilder<SearchEntry> builder)
    {
        builder.ToTable("search_entry");
        builder.HasKey(e => e.ObjectId);
        builder.Property(e => e.ObjectId).ValueGeneratedNever();
        builder.HasOne<RegisterObject>().WithOne().HasForeignKey<SearchEntry>(e => e.ObjectId).OnDelete(DeleteBehavior.Restrict);
        builder.Property(e => e.Kind).HasMaxLength(40);
        builder.Property(e => e.Slug).HasMaxLength(SlugText.MaxLength);
        builder.Property(e => e.Name).UseCollation(Collations.Dutch);
        builder.Property(e => e.MunicipalityName).UseCollation(Collations.Dutch);
        builder.Property(e => e.Precision).HasConversion<short>();
        // One index answers words, filters and exact names together; without a pending list reads stay even.
        builder.HasIndex(e => new { e.Words, e.Facets, e.Keys }).HasMethod("gin").HasStorageParameter("fastupdate", false);
        builder.HasIndex(e => new { e.Weight, e.ObjectId });
        // With the facets in it, the index of an order finds the rows of a filtered page by itself; what hangs on a theme or a city is bounded, so they fit.
        builder.HasIndex(e => new { e.Kind, e.Name, e.ObjectId }).IncludeProperties(e => e.Facets);
        builder.HasIndex(e => new { e.Kind, e.MunicipalityName, e.Name, e.ObjectId }).IncludeProperties(e => e.Facets);
        builder.HasIndex(e => new { e.Kind, e.ChangedAt, e.ObjectId }).IsDescending(false, true, false).IncludeProperties(e => e.Facets);
        builder.HasIndex(e => e.Name);
        // What the map shows stands in its indexes: the sample of a large part and the whole of a small one are each read from one place.
        builder.HasIndex(e => new { e.Spread, e.Longitude, e.Latitude }).IncludeProperties(e => new { e.ObjectId, e.Kind, e.Slug, e.Name, e.MunicipalityName, e.Precision, e.Facets }).HasFilter("longitude is not null");
        builder.HasIndex(e => new { e.Longitude, e.Latitude }).IncludeProperties(e => new { e.Spread, e.ObjectId, e.Kind, e.Slug, e.Name, e.MunicipalityName, e.Precision, e.Facets }).HasFilter("longitude is not null");
    }
}

internal sealed class SearchTotalConfiguration : IEntityTypeConfiguration<SearchTotal>
{
    public void Configure(EntityTypeBuilder<SearchTotal> builder)
    {
        builder.ToTable("search_total", t => t.HasCheckConstraint("ck_search_total_count", "count >= 0"));
        builder.HasKey(t => t.Facet);
    }
}

internal sealed class SearchWordConfiguration : IEntityTypeConfiguration<SearchWord>
{
    public void Configure(EntityTypeBuilder<SearchWord> builder)
    {
        builder.ToTable("search_word");
        builder.HasKey(w => w.Word);
        builder.Property(w => w.Word).HasMaxLength(SearchWord.MaxLength);
        builder.HasIndex(w => w.Word, "ix_search_word_similar").HasMethod("gin").HasOperators("gin_trgm_ops");
    }
}

internal sealed class SearchBuildConfiguration : IEntityTypeConfiguration<SearchBuild>
{
    public void Configure(EntityTypeBuilder<SearchBuild> builder)
    {
        builder.ToTable("search_build", t => t.HasCheckConstraint("ck_search_build_one", "id = 1"));
        builder.Property(b => b.Id).ValueGeneratedNever();
        builder.Property(b => b.Fingerprint).HasMaxLength(64);
    }
}
