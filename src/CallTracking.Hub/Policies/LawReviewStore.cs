using CallTracking.Hub.Audit;
using CallTracking.Privacy;
using Npgsql;

namespace CallTracking.Hub.Policies;

/// <summary>The latest recorded review of each document's text.</summary>
internal sealed class LawReviews(IReadOnlyDictionary<(string Code, string Digest), LawReview> reviews)
{
    /// <summary>What is shown wherever the document is used.</summary>
    public string StatusOf(JurisdictionInfo law) => reviews.TryGetValue((law.Code, law.Digest), out var review)
        ? $"reviewed by {review.By}, {review.At.UtcDateTime:yyyy-MM-dd}{(review.Note.Length > 0 ? $": {review.Note}" : "")}"
        : reviews.Keys.Any(key => key.Code == law.Code) ? $"{law.Review} since its text changed"
        : law.Review;

    public bool IsReviewed(JurisdictionInfo law) => reviews.ContainsKey((law.Code, law.Digest));
}

/// <summary>Someone's word that a document was reviewed.</summary>
internal sealed record LawReview(string By, DateTimeOffset At, string Note);

/// <summary>Keeps reviews; none is ever changed.</summary>
internal sealed class LawReviewStore(NpgsqlDataSource dataSource)
{
    private const string Insert = "insert into law_review (code, digest, reviewed_at, reviewed_by, note) values ($1, $2, $3, $4, $5)";

    private const string SelectLatest = """
        select distinct on (code, digest) code, digest, reviewed_by, reviewed_at, note
        from law_review
        order by code, digest, reviewed_at desc
        """;

    public async Task AddAsync(JurisdictionInfo law, LawReview review, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(Insert);
        command.Parameters.AddWithValue(law.Code);
        command.Parameters.AddWithValue(law.Digest);
        command.Parameters.AddWithValue(review.At);
        command.Parameters.AddWithValue(review.By);
        command.Parameters.AddWithValue(review.Note);
        await dataSource.ActAsync(command, AuditEntry.Of(AuditCode.LawReviewed, law.Code, ("by", review.By), ("note", review.Note), ("digest", law.Digest)), cancellationToken);
    }

    public async Task<LawReviews> LoadAsync(CancellationToken cancellationToken)
    {
        await using var command = dataSource.CreateCommand(SelectLatest);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var reviews = new Dictionary<(string Code, string Digest), LawReview>();
        while (await reader.ReadAsync(cancellationToken))
        {
            reviews.Add((reader.GetString(0), reader.GetString(1)), new LawReview(reader.GetString(2), reader.GetFieldValue<DateTimeOffset>(3), reader.GetString(4)));
        }

        return new LawReviews(reviews);
    }
}
