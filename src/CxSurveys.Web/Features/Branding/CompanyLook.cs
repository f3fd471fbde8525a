using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CxSurveys.Web.Features.Branding;

/// <summary>How customers recognise the company: on the pages they answer on, and in mails. One row; none = the look we ship.</summary>
public sealed class CompanyLook
{
    public const short OnlyId = 1;

    public short Id { get; init; } = OnlyId;

    /// <summary><c>#rrggbb</c>, readable on the page's ground; null = ours.</summary>
    public string? Colour { get; set; }

    /// <summary>A key of <see cref="Fonts.All"/>; null = the device's own.</summary>
    public string? Font { get; set; }

    public byte[]? Logo { get; set; }
    public string? LogoType { get; set; }

    internal sealed class Mapping : IEntityTypeConfiguration<CompanyLook>
    {
        public void Configure(EntityTypeBuilder<CompanyLook> entity)
        {
            entity.ToTable(t => t.HasCheckConstraint("ck_company_look_one_row", "id = 1"));
            entity.Property(l => l.Id).ValueGeneratedNever();
        }
    }
}

/// <summary>Fonts that devices bring themselves: nothing is downloaded. Their names are written without quotes, which a page would encode.</summary>
public static class Fonts
{
    const string Rest = "Noto Sans,Noto Sans Thai,Noto Sans Arabic,sans-serif";

    public const string Device = "system-ui,-apple-system,Segoe UI,Roboto," + Rest;

    public static readonly IReadOnlyDictionary<string, (string Name, string Stack)> All = new Dictionary<string, (string, string)>(StringComparer.Ordinal)
    {
        ["humanist"] = ("Humanist, such as Seravek", "Seravek,Gill Sans Nova,Ubuntu,Calibri,DejaVu Sans," + Rest),
        ["geometric"] = ("Geometric, such as Avenir", "Avenir,Montserrat,Corbel,URW Gothic," + Rest),
        ["rounded"] = ("Rounded", "ui-rounded,Hiragino Maru Gothic ProN,Quicksand,Comfortaa,Manjari,Arial Rounded MT Bold," + Rest),
        ["serif"] = ("Serif, such as Charter", "Charter,Bitstream Charter,Sitka Text,Cambria,Noto Serif,Noto Serif Thai,Noto Naskh Arabic,serif"),
    };
}
