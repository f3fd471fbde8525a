using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace CxSurveys.Web.Platform;

/// <summary>
/// Where people reach this site: <c>CxSurveys:PublicUrl</c>, else what the server listens on. Never what a request says: its
/// Host header is the sender's.
/// </summary>
public sealed class PublicAddress(IServer server, IConfiguration configuration)
{
    /// <summary>The address of a path that begins with a slash.</summary>
    public Uri Of(string path) => new(Root() + path);

    /// <summary>Without a slash at the end.</summary>
    public string Root()
    {
        if (configuration["CxSurveys:PublicUrl"] is { Length: > 0 } publicUrl) return publicUrl.TrimEnd('/');
        var bound = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost";
        var address = BindingAddress.Parse(bound);
        var host = address.Host is "*" or "+" or "0.0.0.0" or "[::]" ? "localhost" : address.Host;
        return new UriBuilder(address.Scheme, host, address.Port).Uri.GetLeftPart(UriPartial.Authority);
    }
}
