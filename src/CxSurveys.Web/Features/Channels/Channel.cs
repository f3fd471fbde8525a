namespace CxSurveys.Web.Features.Channels;

/// <summary>Ways on which a survey reaches people, by the names that answers carry. A link may name one of its own, such as <c>sms</c>.</summary>
public static class Channel
{
    /// <summary>An open link without another name.</summary>
    public const string Web = "web";

    public const string Qr = "qr";
    public const string Widget = "widget";
    public const string Iframe = "iframe";
    public const string Kiosk = "kiosk";

    /// <summary>To try the survey: answers that come on it are kept as tests and counted nowhere.</summary>
    public const string Test = "test";
}
