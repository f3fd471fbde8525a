using CxSurveys.Web.Features.Responses.Inbox;

namespace CxSurveys.Web.Tests.Responses;

public sealed class HighlightTests
{
    [Theory]
    [InlineData("It came late.", "late", "It came [late].")]
    [InlineData("LATE, later, latest", "late", "[LATE], [late]r, [late]st")]
    [InlineData("later", "late later", "[later]")]
    [InlineData("โทรไปถามสองครั้ง", "ถาม", "โทรไป[ถาม]สองครั้ง")]
    [InlineData("aaa", "aa", "[aa]a")]
    [InlineData("nothing", "late", "nothing")]
    [InlineData("nothing", "", "nothing")]
    public void Words_are_marked_in_any_case_and_once(string text, string words, string marked)
    {
        var pieces = Highlight.Pieces(text, words.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(text, string.Concat(pieces.Select(p => p.Text)));
        Assert.Equal(marked, string.Concat(pieces.Select(p => p.Marked ? $"[{p.Text}]" : p.Text)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("late")]
    public void An_excerpt_shows_the_searched_word_and_cuts_no_character_in_two(string word)
    {
        foreach (int before in new[] { 0, 100, 159, 160, 161, 600 })
        {
            var text = string.Concat(Enumerable.Repeat("😀", before)) + "late" + string.Concat(Enumerable.Repeat("😀", 400));
            var excerpt = Highlight.Excerpt(text, word.Length == 0 ? [] : [word]);
            Assert.True(excerpt.Length < 340);
            Assert.True(excerpt.IsNormalized(), "half of a character");
            if (word.Length > 0) Assert.Contains(word, excerpt, StringComparison.Ordinal);
        }
    }
}
