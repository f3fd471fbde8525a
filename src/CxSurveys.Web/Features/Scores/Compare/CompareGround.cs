using CxSurveys.Web.Features.Scores.Map;
using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Scores.Compare;

/// <summary>The days that the two sides mean. Without any, A is the usual period; B is the one before where nothing else tells the sides apart.</summary>
internal static class CompareGround
{
    public static (Period A, Period B) Periods(CompareAddress address, MapGround ground)
    {
        var a = ground.PeriodOf(address.A);
        return (a, HasDays(address.B) ? ground.PeriodOf(address.B) : UsualOfB(address, a));
    }

    /// <summary>The address in its one form; null when <paramref name="errors"/> says which word of the form nobody knows.</summary>
    public static CompareAddress? Canonical(CompareAddress address, MapGround ground, Errors errors)
    {
        var form = address.Form!;
        var a = form.PeriodOfA is { } wordA ? UsualPeriod.Of(wordA, ground.LastDay, null) : ground.PeriodOf(address.A);
        if (a is null) errors.Add("a.period", "Not one of the periods on offer.");
        var b = form.PeriodOfB switch
        {
            CompareForm.AsA => a,
            { } wordB => UsualPeriod.Of(wordB, ground.LastDay, a),
            null when HasDays(address.B) => ground.PeriodOf(address.B),
            null => a is null ? null : UsualOfB(address, a),
        };
        if (b is null && a is not null) errors.Add("b.period", "Not one of the periods on offer.");
        if (a is null || b is null) return null;

        var usual = form.PeriodOfA is null && !HasDays(address.A) && b == UsualOfB(address, a);
        return Measured(address, ground) with
        {
            A = Measured(address, ground).A with { From = usual ? null : a.From, To = usual ? null : a.To },
            B = Measured(address, ground).B with { From = usual ? null : b.From, To = usual ? null : b.To },
        };
    }

    // Who chooses a question means what it measures, whatever was shown before.
    static CompareAddress Measured(CompareAddress address, MapGround ground)
    {
        var named = ground.Definitions.FirstOrDefault(d => d.Key == address.Definition);
        if (named is not null && Fits(named.Key, address.A) && Fits(named.Key, address.B)) return address.Measuring(named, ground.Definitions);
        return address with { A = address.A with { Kind = null }, B = address.B with { Kind = null }, Definition = null };

        bool Fits(string definition, Selection side) => side.Question is null
            || ground.Catalog.Questions.Any(q => q.Key == side.Question && (side.Survey is null || q.Survey == side.Survey) && q.MetricKey == definition);
    }

    static Period UsualOfB(CompareAddress address, Period a) => address.Alike ? a.Before : a;

    static bool HasDays(Selection side) => side.From is not null || side.To is not null;
}
