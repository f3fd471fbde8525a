using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CxSurveys.Web.Data;
using CxSurveys.Web.Platform.Postgres;
using Microsoft.AspNetCore.DataProtection;

namespace CxSurveys.Web.Platform;

/// <summary>The keys that seal cookies, forms and links: kept in the database, readable only with a certificate that is not in it.</summary>
internal static class KeyRing
{
    const string FileName = "key-ring.pfx";

    public static void AddKeyRing(this WebApplicationBuilder builder) => builder.Services.AddDataProtection()
        .SetApplicationName("CxSurveys")
        .PersistKeysToDbContext<CxDbContext>()
        .ProtectKeysWithCertificate(FindOrMake(DataFolder.Path(builder.Configuration, builder.Environment)));

    internal static X509Certificate2 FindOrMake(string folder)
    {
        string file = Path.Combine(folder, FileName);
        if (!File.Exists(file)) Make(folder, file);
        return X509CertificateLoader.LoadPkcs12FromFile(file, password: null);
    }

    static void Make(string folder, string file)
    {
        PrivateFile.CreatePassage(folder);
        using var key = RSA.Create(3072);
        var request = new CertificateRequest("CN=CxSurveys key ring", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        // It is never shown to anyone who would check its dates.
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, new DateTimeOffset(9999, 1, 1, 0, 0, 0, TimeSpan.Zero));

        string mine = $"{file}.{Guid.NewGuid():N}";
        PrivateFile.Write(mine, certificate.Export(X509ContentType.Pfx));
        try
        {
            File.Move(mine, file);
        }
        catch (IOException) when (File.Exists(file))
        {
            // Another process was first, and both must use one.
            File.Delete(mine);
        }
    }
}
