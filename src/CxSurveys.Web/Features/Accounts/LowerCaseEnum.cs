using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace CxSurveys.Web.Features.Accounts;

internal static class LowerCaseEnum
{
    public static string Name<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();

    /// <summary>Kept as its name: a dump of the database stays readable.</summary>
    public static ValueConverter<T, string> Converter<T>() where T : struct, Enum => new(value => Name(value), name => Enum.Parse<T>(name, true));

    public static string Check<T>(string column) where T : struct, Enum => $"{column} in ({string.Join(", ", Enum.GetValues<T>().Select(v => $"'{Name(v)}'"))})";
}
