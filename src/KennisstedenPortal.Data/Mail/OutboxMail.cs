using KennisstedenPortal.Domain.Access;

namespace KennisstedenPortal.Data.Mail;

/// <summary>A mail that must be sent: written in the transaction of what it is about, so that neither happens without the other.</summary>
public sealed class OutboxMail
{
    public const int SubjectMaxLength = 200;

    public required Guid Id { get; init; }
    public required string Recipient { get; init; }
    public required string Subject { get; init; }
    /// <summary>Plain text. Emptied a while after sending: a link in it is nobody's business any more.</summary>
    public required string Body { get; set; }
    public required string Language { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    /// <summary>When to try (again).</summary>
    public required DateTimeOffset DueAt { get; set; }
    public int Attempts { get; set; }
    public DateTimeOffset? SentAt { get; set; }
    /// <summary>Given up after too many attempts.</summary>
    public DateTimeOffset? FailedAt { get; set; }
    public string? LastError { get; set; }
    /// <summary>What may be sent only once ("review 2026-11 for account x"); null for mail that may repeat.</summary>
    public string? OnceKey { get; init; }
}

/// <summary>Something a person should know. Shown on the workplace, and gathered into one mail per person.</summary>
public sealed class Notice
{
    public const int PartMaxLength = 400;

    public required Guid Id { get; init; }
    public required Guid AccountId { get; init; }
    public required NoticeSort Sort { get; init; }
    public Guid? ObjectId { get; init; }
    public Guid? ProposalId { get; init; }
    /// <summary>Which part of the object it is about, in its own words: the title of a milestone and its day, or what a relation says.</summary>
    public string? Part { get; init; }
    public required DateTimeOffset At { get; init; }
    public DateTimeOffset? ReadAt { get; set; }
    public DateTimeOffset? MailedAt { get; set; }
}
