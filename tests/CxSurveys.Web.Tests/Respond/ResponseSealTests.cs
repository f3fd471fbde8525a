using CxSurveys.Web.Features.Respond;
using Microsoft.AspNetCore.DataProtection;

namespace CxSurveys.Web.Tests.Respond;

public sealed class ResponseSealTests
{
    readonly MovableClock clock = new(new DateTimeOffset(2026, 11, 22, 9, 0, 0, TimeSpan.Zero));
    readonly ResponseSeal seals;

    public ResponseSealTests() => seals = new ResponseSeal(new EphemeralDataProtectionProvider(), clock);

    [Fact]
    public void A_form_s_seal_opens_to_a_fresh_id_of_its_version()
    {
        var first = seals.OpenForm(seals.NewForm(7))!;
        Assert.Equal((7, 7, clock.GetUtcNow()), (first.VersionId, first.Id.Version, first.SealedAt));
        Assert.NotEqual(first.Id, seals.OpenForm(seals.NewForm(7))!.Id);
    }

    [Fact]
    public void A_form_s_seal_is_no_address_of_an_answer_nor_the_other_way_round()
    {
        Assert.Null(seals.OpenAnswer(seals.NewForm(7)));
        Assert.Null(seals.OpenForm(seals.Answer(Guid.NewGuid(), 7)));
    }

    [Fact]
    public void A_changed_seal_does_not_open()
    {
        var seal = seals.NewForm(7);
        for (int i = 0; i < seal.Length; i += 7)
        {
            var changed = seal[..i] + (seal[i] == 'A' ? 'B' : 'A') + seal[(i + 1)..];
            Assert.Null(seals.OpenForm(changed));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("A")]
    [InlineData("not a seal")]
    [InlineData("019a0000-0000-7000-8000-000000000000")]
    public void What_is_no_seal_does_not_open(string? text) => Assert.Null(seals.OpenForm(text));

    [Fact]
    public void A_form_expires_after_thirty_days()
    {
        var form = seals.OpenForm(seals.NewForm(7))!;
        clock.Advance(TimeSpan.FromDays(30));
        Assert.False(seals.IsExpired(form));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(seals.IsExpired(form));
    }
}
