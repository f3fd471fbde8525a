using System.Globalization;
using System.Text;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Platform;
using MimeKit;

namespace CxSurveys.Web.Features.Invitations;

/// <summary>Writes a mail's subject and body, in the person's language. Sender, addressee and all other headers are the <see cref="MailEnvelope"/>'s.</summary>
public sealed class MailComposer
{
    /// <summary>A longer scale is one button: its numbers would fill the screen.</summary>
    const int MostScores = 11;

    /// <summary>Numbers of 44 pixels that fit side by side on the narrowest phone.</summary>
    const int LongestRow = 6;

    const int LongestSubjectPart = 40;

    public MimeMessage Compose(InvitationMail mail)
    {
        var holes = Fill(mail);
        var message = new MimeMessage
        {
            Subject = holes.Subject,
            Body = new BodyBuilder { TextBody = Text(mail, holes), HtmlBody = MailTemplate.Fill(holes) }.ToMessageBody(),
        };
        message.Headers.Add(HeaderId.ContentLanguage, holes.Language);
        return message;
    }

    static MailHoles Fill(InvitationMail mail)
    {
        var offered = mail.Version.Definition.Languages;
        var language = mail.Language is { } wish && LanguageTag.Match(offered, wish) is { } match ? match : offered[0];
        var texts = MailTexts.For(language);
        var company = texts.Name(OneLine(mail.Company.Name));
        var question = mail.Version.Questions.FirstOrDefault(q => q.Min is not null && q.Max - q.Min < MostScores);
        // Preselected is the survey's first scale, so no other one may be offered here.
        if (question is not null && question != mail.Version.Questions.First(q => q.Min is not null)) question = null;
        var asked = question is null ? new AskedText("", texts.Language) : Asked(mail, question, language, texts);

        return new MailHoles
        {
            Language = texts.Language,
            Direction = texts.Direction,
            Start = texts.IsRightToLeft ? "right" : "left",
            Subject = Subject(mail, texts),
            Preview = texts["preview"],
            Company = OneLine(mail.Company.Name),
            Greeting = mail.Name is { } name && OneLine(name) is { Length: > 0 } known ? texts.Fill("greeting.name", "name", texts.Name(known)) : texts["greeting"],
            Occasion = mail.Touchpoint is { } touchpoint ? texts.Fill("occasion.touchpoint", "touchpoint", texts.Name(OneLine(touchpoint))) : texts["occasion"],
            Rows = question is null ? [] : Rows(mail.Version, question, language),
            Question = asked.Text,
            QuestionLanguage = asked.Language,
            QuestionDirection = LanguageTag.Culture(asked.Language)?.TextInfo.IsRightToLeft == true ? "rtl" : "ltr",
            Ends = question is null ? null : Ends(mail.Version, question, language, texts),
            Confirm = texts["confirm"],
            Open = texts["open"],
            Plain = texts["plain"],
            Link = mail.Link.AbsoluteUri,
            AnswerLanguage = Uri.EscapeDataString(language),
            Reason = texts.Fill("reason", "company", company),
            OptOut = mail.OptOut.AbsoluteUri,
            Stop = texts["stop"],
            Brand = mail.Look.Brand,
            OnBrand = mail.Look.On,
            DarkBrand = mail.Look.DarkBrand,
            OnDarkBrand = mail.Look.DarkOn,
            Logo = mail.Logo?.AbsoluteUri,
            Sender = string.Join(", ", (mail.Company.PostalAddress ?? "").Split('\n').Prepend(mail.Company.Name).Select(OneLine).Where(line => line.Length > 0)),
        };
    }

    static AskedText Asked(InvitationMail mail, Question question, string language, MailTexts texts)
    {
        var template = QuestionWording.TemplateOf(mail.Version, question, language);
        var pieces = new PersonalWords(mail.Company.Name, mail.Name, mail.Attributes).Fill(template);
        return template with { Text = string.Concat(pieces.Select(piece => piece.Merged ? texts.Name(piece.Text) : piece.Text)) };
    }

    static string Subject(InvitationMail mail, MailTexts texts)
    {
        var company = texts.Name(Short(mail.Company.Name));
        var subject = mail.Touchpoint is { } touchpoint
            ? texts.Fill("subject.touchpoint", ("company", company), ("touchpoint", texts.Name(Short(touchpoint))))
            : texts.Fill("subject", "company", company);
        return mail.Number == 0 ? subject : texts.Fill("reminder", "subject", subject);
    }

    static List<IReadOnlyList<MailScore>> Rows(PublishedVersion version, Question question, string language)
    {
        int min = question.Min!.Value, count = question.Max!.Value - min + 1;
        int rows = (count + LongestRow - 1) / LongestRow;
        return [.. Enumerable.Range(min, count).Select(value => Score(version, question, value, language)).Chunk((count + rows - 1) / rows)];
    }

    static MailScore Score(PublishedVersion version, Question question, int value, string language)
    {
        bool atAnEnd = value == question.Min || value == question.Max;
        var shown = Signed(value);
        return new MailScore(
            value.ToString(CultureInfo.InvariantCulture), shown,
            atAnEnd && QuestionWording.OfValue(version, question, value, language) is { } words ? $"{shown}, {words.Text}" : shown);
    }

    static string? Ends(PublishedVersion version, Question question, string language, MailTexts texts)
    {
        var ends = new[] { question.Min!.Value, question.Max!.Value }
            .Select(value => (value, words: QuestionWording.OfValue(version, question, value, language)))
            .Where(end => end.words is not null)
            .Select(end => texts.Fill("ends", ("value", Signed(end.value)), ("words", texts.Name(end.words!.Text))))
            .ToArray();
        return ends.Length == 0 ? null : string.Join(texts["ends.between"], ends);
    }

    static string Text(InvitationMail mail, MailHoles holes)
    {
        var text = new StringBuilder().AppendLine(holes.Greeting).AppendLine(holes.Occasion).AppendLine();
        if (holes.Rows.Count > 0)
        {
            text.AppendLine(holes.Question);
            if (holes.Ends is { } ends) text.AppendLine(ends);
            text.AppendLine();
        }
        return text.AppendLine(MailTexts.For(holes.Language)["answer"]).AppendLine(mail.Link.AbsoluteUri).AppendLine()
            .AppendLine(holes.Reason).Append(holes.Stop).Append(": ").AppendLine(mail.OptOut.AbsoluteUri).AppendLine()
            .AppendLine(holes.Sender).ToString();
    }

    static string Signed(int value) => value < 0 ? $"\u2212{-value}" : value.ToString(CultureInfo.InvariantCulture);

    static string Short(string name)
    {
        var characters = new StringInfo(OneLine(name));
        return characters.LengthInTextElements <= LongestSubjectPart ? characters.String : characters.SubstringByTextElements(0, LongestSubjectPart - 1).TrimEnd() + "…";
    }

    /// <summary>Line breaks and other control characters are only ever typed by those who want another header or another line.</summary>
    static string OneLine(string text) => string.Join(' ', string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
