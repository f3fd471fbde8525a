using System.Text.Json;
using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CxSurveys.Web.Features.Branding;

/// <summary>What those who answered low, in the middle or high read after thanks.</summary>
public sealed record ThanksGroup
{
    /// <summary>By language.</summary>
    public IReadOnlyDictionary<string, string> Text { get; init; } = new Dictionary<string, string>();

    /// <summary>http or https; null = none.</summary>
    public string? Link { get; init; }

    /// <summary>What the link says, by language.</summary>
    public IReadOnlyDictionary<string, string> LinkText { get; init; } = new Dictionary<string, string>();
}

public sealed record ThanksTexts
{
    public ThanksGroup Low { get; init; } = new();
    public ThanksGroup Middle { get; init; } = new();
    public ThanksGroup High { get; init; } = new();

    /// <summary>The link of the high group leads to public reviews, which the admin has said to be wanted; without that it is not shown.</summary>
    public bool AsksForReviews { get; init; }

    /// <summary>The group's link, where there is one to show.</summary>
    public string? LinkOf(ThanksGroup group) => ReferenceEquals(group, High) && !AsksForReviews ? null : group.Link;
}

/// <summary>The thanks of one survey. Not part of a version: they follow an answer and change none.</summary>
public sealed class SurveyThanks
{
    public required int SurveyId { get; init; }
    public required ThanksTexts Texts { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<SurveyThanks>
    {
        public void Configure(EntityTypeBuilder<SurveyThanks> entity)
        {
            entity.HasKey(t => t.SurveyId);
            entity.Property(t => t.SurveyId).ValueGeneratedNever();
            entity.HasOne<Survey>().WithMany().HasForeignKey(t => t.SurveyId);
            entity.Property(t => t.Texts).HasColumnType("jsonb").HasConversion(
                texts => Write(texts),
                json => JsonSerializer.Deserialize<ThanksTexts>(json, JsonSerializerOptions.Web)!,
                new ValueComparer<ThanksTexts>((a, b) => Write(a) == Write(b), a => Write(a).GetHashCode(StringComparison.Ordinal)));
        }

        static string Write(ThanksTexts? texts) => JsonSerializer.Serialize(texts, JsonSerializerOptions.Web);
    }
}

/// <summary>Keeps all thanks in memory, by survey.</summary>
public sealed class ThanksCatalog(IServiceScopeFactory scopes, TimeProvider clock)
{
    readonly Cached<IReadOnlyDictionary<string, ThanksTexts>> cache = new(clock);

    public async ValueTask<ThanksTexts?> OfAsync(string survey, CancellationToken ct) => (await cache.GetAsync(ReadAsync, ct)).GetValueOrDefault(survey);

    public async Task SetAsync(int surveyId, ThanksTexts texts, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CxDbContext>();
        if (await db.Set<SurveyThanks>().SingleOrDefaultAsync(t => t.SurveyId == surveyId, ct) is { } stored) stored.Texts = texts;
        else db.Add(new SurveyThanks { SurveyId = surveyId, Texts = texts });
        await db.SaveChangesAsync(ct);
        cache.Invalidate();
    }

    async Task<IReadOnlyDictionary<string, ThanksTexts>> ReadAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CxDbContext>();
        return await (from thanks in db.Set<SurveyThanks>() join survey in db.Set<Survey>() on thanks.SurveyId equals survey.Id select new { survey.Key, thanks.Texts })
            .ToDictionaryAsync(t => t.Key, t => t.Texts, StringComparer.Ordinal, ct);
    }
}
