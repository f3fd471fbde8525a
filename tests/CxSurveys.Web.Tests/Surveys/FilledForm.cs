using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CxSurveys.Web.Tests.Accounts;

namespace CxSurveys.Web.Tests.Surveys;

/// <summary>The one form of a page, as a browser without JavaScript holds it: every field with what stands in it.</summary>
internal sealed partial class FilledForm
{
    readonly List<KeyValuePair<string, string>> fields = [];

    FilledForm(string address, HttpStatusCode status, string html)
    {
        (Address, Status, Html) = (address, status, html);
        string form = Form().Match(html).Value;
        foreach (Match field in Field().Matches(form)) Read(field.Value);
    }

    public string Address { get; }
    public HttpStatusCode Status { get; }
    public string Html { get; }

    /// <summary>All visible text and all entries, decoded.</summary>
    public string Text => WebUtility.HtmlDecode(Html);

    public static async Task<FilledForm> OpenAsync(People.Browser browser, string address)
    {
        using var answer = await browser.GetAsync(address);
        return new FilledForm(address, answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public bool Has(string name) => fields.Any(f => f.Key == name);

    public string this[string name] => Assert.Single(fields, f => f.Key == name).Value;

    /// <summary>Types into a field that is there, or chooses in it.</summary>
    public FilledForm With(string name, string value)
    {
        int index = fields.FindIndex(f => f.Key == name);
        Assert.True(index >= 0, $"The form has no field {name}.");
        fields[index] = new(name, value);
        return this;
    }

    public FilledForm Checked(string name) => Ticked(name, "true");

    /// <summary>Ticks one of several boxes of a name.</summary>
    public FilledForm Ticked(string name, string value)
    {
        fields.Add(new(name, value));
        return this;
    }

    /// <summary>Presses a button; the page that answers, or the address it sends to.</summary>
    public async Task<(FilledForm? Page, string? SentTo)> PressAsync(People.Browser browser, string act)
    {
        using var content = new FormUrlEncodedContent(fields.Append(new("act", act)));
        using var answer = await browser.Client.PostAsync(Address, content, TestContext.Current.CancellationToken);
        if (answer.Headers.Location is { } to) return (null, to.OriginalString);
        return (new FilledForm(Address, answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)), null);
    }

    /// <summary>Sends the form as the editor's script does.</summary>
    public async Task<(HttpStatusCode Status, JsonObject Said)> AutosaveAsync(People.Browser browser)
    {
        using var content = new FormUrlEncodedContent(fields.Append(new("act", "autosave")));
        using var answer = await browser.Client.PostAsync(Address, content, TestContext.Current.CancellationToken);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!.AsObject());
    }

    /// <summary>Presses a button that stores nothing.</summary>
    public async Task<FilledForm> DoAsync(People.Browser browser, string act)
    {
        var (page, sentTo) = await PressAsync(browser, act);
        Assert.Null(sentTo);
        Assert.Equal(HttpStatusCode.OK, page!.Status);
        return page;
    }

    void Read(string field)
    {
        if (Attribute(field, "name") is not { } name || field.StartsWith("<button", StringComparison.Ordinal)) return;
        if (field.StartsWith("<textarea", StringComparison.Ordinal)) Add(name, Area().Match(field).Groups[1].Value);
        else if (field.StartsWith("<select", StringComparison.Ordinal)) Add(name, Chosen(field));
        else if (Attribute(field, "type") is not "checkbox" || Regex.IsMatch(field, " checked\\b")) Add(name, Attribute(field, "value") ?? "");
    }

    void Add(string name, string value) => fields.Add(new(name, WebUtility.HtmlDecode(value)));

    static string Chosen(string select)
    {
        var options = Option().Matches(select).Select(o => o.Value).ToList();
        return Attribute(options.FirstOrDefault(o => o.Contains(" selected", StringComparison.Ordinal)) ?? options[0], "value") ?? "";
    }

    static string? Attribute(string tag, string name) => Regex.Match(tag, $" {name}=\"([^\"]*)\"") is { Success: true } match ? match.Groups[1].Value : null;

    [GeneratedRegex("<form [^>]*id=\"draft\".*?</form>", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("<textarea .*?</textarea>|<select .*?</select>|<input [^>]*>", RegexOptions.Singleline)]
    private static partial Regex Field();

    [GeneratedRegex("<option[^>]*>")]
    private static partial Regex Option();

    [GeneratedRegex(">\r?\n?(.*)</textarea>", RegexOptions.Singleline)]
    private static partial Regex Area();
}
