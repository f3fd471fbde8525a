using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace CxSurveys.Web.Platform;

/// <summary>Where a person at this console opens the app, once it listens.</summary>
internal static class ServerAddress
{
    /// <summary>Without a slash at its end.</summary>
    public static string Of(IServer server, IConfiguration configuration)
    {
        if (configuration["CxSurveys:PublicUrl"] is { Length: > 0 } publicUrl) return publicUrl.TrimEnd('/');
        var bound = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost";
        var address = BindingAddress.Parse(bound);
        var host = address.Host is "*" or "+" or "0.0.0.0" or "[::]" ? "localhost" : address.Host;
        return new UriBuilder(address.Scheme, host, address.Port).Uri.GetLeftPart(UriPartial.Authority);
    }
}
