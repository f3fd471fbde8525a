using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace CxSurveys.Web.Platform;

/// <summary>
/// Where people reach this site: <c>CxSurveys:PublicUrl</c>, else what the server listens on. Never what a request says (its
/// Host header is the sender's), but for who made the request.
/// </summary>
public sealed class PublicAddress(IServer server, IConfiguration configuration)
{
    string? Configured => configuration["CxSurveys:PublicUrl"] is { Length: > 0 } publicUrl ? publicUrl.TrimEnd('/') : null;

    /// <summary>The address of a path that begins with a slash.</summary>
    public Uri Of(string path) => new(Root() + path);

    /// <summary>The same, for a link that somebody signed in copies from a page: without the setting, the address that works for them.</summary>
    public Uri ForReader(HttpRequest request, string path) => Configured is null ? new($"{request.Scheme}://{request.Host}{path}") : Of(path);

    /// <summary>Without a slash at the end.</summary>
    public string Root()
    {
        if (Configured is { } site) return site;
        var bound = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost";
        var address = BindingAddress.Parse(bound);
        var host = address.Host is "*" or "+" or "0.0.0.0" or "[::]" ? "localhost" : address.Host;
        return new UriBuilder(address.Scheme, host, address.Port).Uri.GetLeftPart(UriPartial.Authority);
    }
}
