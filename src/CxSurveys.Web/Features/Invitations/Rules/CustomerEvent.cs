using System.Text.Json;
using CxSurveys.Web.Features.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CxSurveys.Web.Features.Invitations.Rules;

/// <summary>Something that happened to a customer, as another system told it: an order was delivered, a ticket closed. Never changed.</summary>
public sealed class CustomerEvent
{
    public const int MaxId = 200;

    /// <summary>The sender's own id; the same one counts once.</summary>
    public required string Id { get; init; }

    public required string Type { get; init; }
    public required long PersonId { get; init; }
    public required DateTimeOffset OccurredAt { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>What the sender said about it, a JSON object.</summary>
    public required string Data { get; init; }

    /// <summary>A field of the data as text, by its name or by a path with dots; null where it has none such.</summary>
    public string? Field(string path)
    {
        using var data = JsonDocument.Parse(Data);
        return EventData.Text(data.RootElement, path);
    }

    internal sealed class Mapping : IEntityTypeConfiguration<CustomerEvent>
    {
        public void Configure(EntityTypeBuilder<CustomerEvent> entity)
        {
            entity.Property(e => e.Data).HasColumnType("jsonb");
            entity.HasOne<Person>().WithMany().HasForeignKey(e => e.PersonId);
            entity.HasIndex(e => new { e.PersonId, e.Type });
            entity.HasIndex(e => new { e.Type, e.OccurredAt });
            entity.HasIndex(e => e.ReceivedAt);
        }
    }
}

internal static class EventData
{
    public static string? Text(JsonElement data, string path)
    {
        if (data.ValueKind != JsonValueKind.Object) return null;
        if (data.TryGetProperty(path, out var found)) return Text(found);
        int dot = path.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && data.TryGetProperty(path[..dot], out var inner) ? Text(inner, path[(dot + 1)..]) : null;
    }

    static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    };
}
