using CxSurveys.Web.Data;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Platform;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CxSurveys.Web.Features.Channels;

/// <summary>How a survey's open link may be used. A survey without a row may be put into no other site and takes any number of answers.</summary>
public sealed class SurveyChannel
{
    public required int SurveyId { get; init; }

    /// <summary>Origins of sites that may show the survey in a frame or by the widget, such as <c>https://shop.example</c>.</summary>
    public required string[] Sites { get; set; }

    public bool OneAnswerPerBrowser { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<SurveyChannel>
    {
        public void Configure(EntityTypeBuilder<SurveyChannel> entity)
        {
            entity.HasKey(c => c.SurveyId);
            entity.Property(c => c.SurveyId).ValueGeneratedNever();
            entity.HasOne<Survey>().WithMany().HasForeignKey(c => c.SurveyId);
        }
    }
}

/// <summary>The same for whoever asks at each visit, kept in memory.</summary>
public sealed record OpenLinkRules(IReadOnlyList<string> Sites, bool OneAnswerPerBrowser)
{
    public static readonly OpenLinkRules None = new([], false);
}

public sealed class SurveyChannels(IServiceScopeFactory scopes, TimeProvider clock)
{
    public const int MaxSites = 50;

    readonly Cached<IReadOnlyDictionary<string, OpenLinkRules>> cache = new(clock);

    public async ValueTask<OpenLinkRules> OfAsync(string survey, CancellationToken ct) =>
        (await cache.GetAsync(ReadAsync, ct)).GetValueOrDefault(survey) ?? OpenLinkRules.None;

    /// <summary>Replaces both; the caller has checked them.</summary>
    public async Task SetAsync(int surveyId, OpenLinkRules rules, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CxDbContext>();
        string[] sites = [.. rules.Sites];
        await db.Database.ExecuteSqlAsync($"""
            insert into survey_channel (survey_id, sites, one_answer_per_browser) values ({surveyId}, {sites}, {rules.OneAnswerPerBrowser})
            on conflict (survey_id) do update set sites = excluded.sites, one_answer_per_browser = excluded.one_answer_per_browser
            """, ct);
        cache.Invalidate();
    }

    async Task<IReadOnlyDictionary<string, OpenLinkRules>> ReadAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CxDbContext>();
        return await (from channel in db.Set<SurveyChannel>() join survey in db.Set<Survey>() on channel.SurveyId equals survey.Id select new { survey.Key, channel.Sites, channel.OneAnswerPerBrowser })
            .ToDictionaryAsync(c => c.Key, c => new OpenLinkRules(c.Sites, c.OneAnswerPerBrowser), StringComparer.Ordinal, ct);
    }

    /// <summary>The origin that somebody typed as a site's address; null when it is none.</summary>
    public static string? Origin(string typed)
    {
        var text = typed.Trim();
        if (!text.Contains("://", StringComparison.Ordinal)) text = "https://" + text;
        if (text.Contains('*', StringComparison.Ordinal) || !Uri.TryCreate(text, UriKind.Absolute, out var site)) return null;
        bool plain = site is { UserInfo: "", AbsolutePath: "/", Query: "", Fragment: "" } && site.Scheme is "https" or "http" && site.HostNameType is not UriHostNameType.Unknown;
        return plain ? new UriBuilder(site.Scheme, site.IdnHost, site.IsDefaultPort ? -1 : site.Port).Uri.GetLeftPart(UriPartial.Authority) : null;
    }
}
