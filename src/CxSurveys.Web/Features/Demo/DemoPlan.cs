namespace CxSurveys.Web.Features.Demo;

/// <summary>Where answers come from: a survey at a touchpoint (or about the journey), so many a year.</summary>
/// <param name="ByEmail">Share asked by email, whose customer is known; the others come by link or code.</param>
/// <param name="Plan">Only customers of this plan; such a source is small and evenly spread.</param>
internal sealed record Source(string Survey, string? Touchpoint, int PerYear, double ByEmail, string Theme, string? Plan = null)
{
    /// <summary>So few that they never reach the minimum n in a quarter: no season may push them over it.</summary>
    public bool Tiny => PerYear < 20;
}

/// <summary>What a question is answered with.</summary>
/// <param name="Touchpoint">Only where the survey is asked at this touchpoint; null = wherever it is.</param>
/// <param name="Shape">Share of each value, from the lowest of the scale.</param>
/// <param name="Lately">The same from <see cref="DemoPlan.FallDays"/> before the end on; null = no change.</param>
internal sealed record Measure(string Survey, string Question, string? Touchpoint, int Min, double[] Shape, double[]? Lately = null, double Skipped = 0);

/// <summary>The story's figures. Levels differ between touchpoints for good; in time exactly one changes: delivery, worst in Thailand.</summary>
internal static class DemoPlan
{
    public const int Days = 364, People = 3000;

    /// <summary>Since so many days delivery is worse: the usual period of the journey page, of which today is one.</summary>
    public const int FallDays = 89;

    public const string Fallen = "delivery", FallenMost = "TH";

    public static readonly (string Code, double Share, (string Language, double Share)[] Languages)[] Countries =
    [
        ("ID", 0.44, [("id", 0.92), ("en", 0.08)]),
        ("MY", 0.22, [("ms", 0.68), ("en", 0.32)]),
        ("TH", 0.20, [("th", 0.9), ("en", 0.1)]),
        ("SG", 0.10, [("en", 0.88), ("ms", 0.12)]),
        ("VN", 0.04, [("en", 1)]),
    ];

    public static readonly (string Name, double Share)[] Plans = [("basic", 0.61), ("plus", 0.3), ("business", 0.09)];

    /// <summary>Plans of a handful of people, who answer the relationship survey only.</summary>
    public static readonly string[] SmallPlans = ["pilot", "staff"];

    public static readonly Source[] Sources =
    [
        new("relationship", null, 3000, 1, "general"),
        new("relationship", null, 15, 1, "general", "pilot"),
        new("relationship", null, 14, 1, "general", "staff"),
        new("online", "ad-landing", 1500, 0.15, "web"),
        new("in-person", "store-visit", 1700, 0.35, "store"),
        new("online", "live-shopping", 900, 0.3, "web"),
        new("online", "product-page", 2200, 0.25, "web"),
        new("online", "live-chat", 1300, 0.7, "advice"),
        new("in-person", "showroom", 800, 0.5, "advice"),
        new("after-purchase", "checkout", 3000, 0.8, "buy"),
        new("after-delivery", "delivery", 4900, 0.9, "delivery"),
        new("in-person", "pickup", 1000, 0.6, "pickup"),
        new("online", "order-tracking", 1500, 0.6, "tracking"),
        new("after-support", "support-ticket", 1900, 0.95, "support"),
        new("after-return", "returns", 1000, 0.9, "returns"),
        new("online", "reorder", 1300, 0.9, "buy"),
        new("online", "loyalty", 1000, 0.95, "loyalty"),
        new("referral", "referral", 900, 0.95, "loyalty"),
        new("online", "review-request", 15, 0.9, "loyalty"),
        new("in-person", "community-evening", 14, 0.5, "store"),
    ];

    public static readonly Measure[] Measures =
    [
        new("relationship", "recommend", null, 0, Nps(0.46, 0.19)),
        new("relationship", "satisfied", null, 1, Csat(0.713)),
        new("relationship", "easy", null, 1, Ces(0.83)),
        new("relationship", "finding", null, 1, Csat(0.80), Skipped: 0.12),
        new("relationship", "choosing", null, 1, Csat(0.79), Skipped: 0.1),
        new("relationship", "buying", null, 1, Csat(0.66), Skipped: 0.06),
        new("relationship", "keeping", null, 1, Csat(0.69), Skipped: 0.14),
        new("relationship", "telling", null, 1, Csat(0.735), Skipped: 0.3),
        At("online", "ad-landing", 0.815),
        At("in-person", "store-visit", 0.89),
        At("online", "live-shopping", 0.785),
        At("online", "product-page", 0.835),
        At("online", "live-chat", 0.82),
        At("in-person", "showroom", 0.90),
        new("after-purchase", "checkout", null, 1, Csat(0.845)),
        new("after-purchase", "payment", null, 1, Csat(0.89), Skipped: 0.12),
        new("after-purchase", "effort", null, 1, Ces(0.93), Skipped: 0.1),
        new("after-delivery", "delivery", null, 1, Csat(0.83), Lately: Csat(0.715)),
        At("in-person", "pickup", 0.86),
        At("online", "order-tracking", 0.805),
        new("after-support", "effort", null, 1, Ces(0.7)),
        new("after-return", "effort", null, 1, Ces(0.42)),
        At("online", "reorder", 0.865),
        At("online", "loyalty", 0.82),
        new("referral", "recommend", null, 0, Nps(0.52, 0.15)),
        At("online", "review-request", 0.75),
        At("in-person", "community-evening", 0.85),
    ];

    static Measure At(string survey, string touchpoint, double satisfied) => new(survey, "satisfied", touchpoint, 1, Csat(satisfied));

    static double[] Csat(double satisfied) =>
        [(1 - satisfied) * 0.28, (1 - satisfied) * 0.3, (1 - satisfied) * 0.42, satisfied * 0.45, satisfied * 0.55];

    static double[] Nps(double promoters, double detractors)
    {
        double passives = 1 - promoters - detractors;
        double[] low = [0.07, 0.04, 0.07, 0.11, 0.12, 0.26, 0.33];
        return [.. low.Select(share => share * detractors), passives * 0.45, passives * 0.55, promoters * 0.45, promoters * 0.55];
    }

    /// <summary>From all who disagree that it was easy (0) to all who agree (1).</summary>
    static double[] Ces(double ease)
    {
        double[] hard = [0.16, 0.2, 0.22, 0.18, 0.12, 0.08, 0.04], easy = [0.005, 0.015, 0.03, 0.09, 0.2, 0.33, 0.33];
        return [.. hard.Zip(easy, (h, e) => ((1 - ease) * h) + (ease * e))];
    }
}
