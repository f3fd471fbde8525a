using System.Globalization;
using System.Text.Json;

namespace CxSurveys.Scoring.Tests;

/// <summary>One worked case: numbers from a paper or another implementation, never from our own output.</summary>
sealed record Case(string Name, JsonElement Input, JsonElement Expected, double Tolerance)
{
    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    public static TheoryData<string, string> Named(params string[] groups)
    {
        var names = new TheoryData<string, string>();
        foreach (var group in groups)
            foreach (var worked in Read(group))
                names.Add(group, worked.Name);
        return names;
    }

    public static Case Find(string group, string name) => Assert.Single(Read(group), worked => worked.Name == name);

    public double Level => Input.GetProperty("level").GetDouble();

    public MetricDefinition Definition
    {
        get
        {
            var given = Input.GetProperty("definition");
            return MetricDefinition.Create(
                Enum.Parse<MetricKind>(given.GetProperty("kind").GetString()!, ignoreCase: true),
                given.GetProperty("min").GetInt32(),
                given.GetProperty("max").GetInt32(),
                Enum.Parse<Direction>(given.GetProperty("direction").GetString()!, ignoreCase: true),
                Numbers(given.GetProperty("positive")),
                Numbers(given.GetProperty("negative")));
        }
    }

    public Histogram Answers(JsonElement holder) => new(
        Definition.Min,
        Definition.Max,
        holder.GetProperty("counts").EnumerateObject().Select(c => KeyValuePair.Create(int.Parse(c.Name, CultureInfo.InvariantCulture), c.Value.GetInt64())));

    /// <summary>Every expected member must be a member of what came out, equal within the tolerance; what is not expected is not checked.</summary>
    public void Check(object got, params string[] elsewhere) => Check(Expected, got, elsewhere);

    public void Check(JsonElement expected, object got, params string[] elsewhere)
    {
        var actual = JsonSerializer.SerializeToElement(got, got.GetType(), Options);
        foreach (var member in expected.EnumerateObject().Where(m => !elsewhere.Contains(m.Name)))
            Check(member.Value, actual.GetProperty(member.Name), member.Name);
    }

    public void Near(double? expected, double? got, string what)
    {
        if (expected is not { } right)
        {
            Assert.True(got is null, $"{what}: expected nothing, got {got:R}");
            return;
        }
        Assert.True(got is not null, $"{what}: expected {right:R}, got nothing");
        // A tail of 1e-94 that may err by 1e-9 would not be tested at all: full-precision p-values are compared relatively.
        var scale = what == "pValue" && Tolerance <= 1e-9 ? Math.Abs(right) : Math.Max(1, Math.Abs(right));
        Assert.True(Math.Abs(got.Value - right) <= Tolerance * scale, $"{what}: expected {right:R}, got {got:R}");
    }

    void Check(JsonElement expected, JsonElement got, string what)
    {
        switch (expected.ValueKind)
        {
            case JsonValueKind.Null:
                Assert.True(got.ValueKind == JsonValueKind.Null, $"{what}: expected nothing, got {got}");
                break;
            case JsonValueKind.Number:
                Near(expected.GetDouble(), got.ValueKind == JsonValueKind.Null ? null : got.GetDouble(), what);
                break;
            default:
                Assert.Equal(expected.GetString(), got.GetString());
                break;
        }
    }

    static int[] Numbers(JsonElement list) => [.. list.EnumerateArray().Select(v => v.GetInt32())];

    static Case[] Read(string group)
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "cases", $"{group}.json"));
        return JsonSerializer.Deserialize<Group>(file, Options)!.Cases;
    }

    sealed record Group(Case[] Cases);
}
