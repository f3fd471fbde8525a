using System.Collections.Frozen;
using System.Globalization;

namespace CxSurveys.Web.Features.Scores.Map;

/// <summary>English names of the two-letter codes of ISO 3166, which most systems send as a customer's country.</summary>
internal static class CountryNames
{
    static readonly FrozenDictionary<string, string> ByCode = CultureInfo.GetCultures(CultureTypes.SpecificCultures)
        .Select(culture => new RegionInfo(culture.Name))
        .Where(region => region.TwoLetterISORegionName is [>= 'A' and <= 'Z', >= 'A' and <= 'Z'])
        .DistinctBy(region => region.TwoLetterISORegionName)
        .ToFrozenDictionary(region => region.TwoLetterISORegionName, region => region.EnglishName, StringComparer.Ordinal);

    /// <summary>The code itself where nobody knows it.</summary>
    public static string Of(string code) => ByCode.GetValueOrDefault(code, code);
}
