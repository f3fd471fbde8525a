using System.Net;
using System.Net.Sockets;

namespace CxSurveys.Web.Platform;

/// <summary>Who is counted as one sender.</summary>
public static class ClientAddress
{
    /// <summary>An IPv4 address, or the /64 network of an IPv6 one: whoever has one address of such a network has all of them.</summary>
    public static string Of(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } address) return "none";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address.ToString();

        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, 8, 8);
        return new IPAddress(bytes).ToString();
    }

    public static bool IsLoopback(HttpContext context) => context.Connection.RemoteIpAddress is not { } address || IPAddress.IsLoopback(address);
}
