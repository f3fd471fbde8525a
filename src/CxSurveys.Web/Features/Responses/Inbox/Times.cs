using System.Globalization;

namespace CxSurveys.Web.Features.Responses.Inbox;

/// <summary>How a moment is written, in the organisation's zone.</summary>
internal static class Times
{
    public static string Of(DateTimeOffset local) => local.ToString("d MMM yyyy, HH:mm", CultureInfo.InvariantCulture);
}
