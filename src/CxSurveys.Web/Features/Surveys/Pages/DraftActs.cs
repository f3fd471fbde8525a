using System.Globalization;
using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Surveys.Pages;

/// <summary>The buttons that change the form and store nothing, such as <c>up:3</c> or <c>remove-option:3:1</c>.</summary>
internal static class DraftActs
{
    /// <summary>The form after the act; null when the button is none of these.</summary>
    public static DraftForm? Apply(DraftForm form, string act, string newKind)
    {
        string[] parts = act.Split(':');
        return parts switch
        {
            ["refresh"] => form,
            ["add-language"] => AddLanguage(form),
            ["up-language", var tag] => form with { Languages = Moved(form.Languages, IndexOf(form.Languages, tag), -1) },
            ["remove-language", var tag] => form.Languages.Count > 1 ? form with { Languages = [.. form.Languages.Where(l => l != tag)] } : form,
            ["add"] when newKind == Table => AddTable(form),
            ["add"] => form with { Questions = [.. form.Questions, NewQuestion(Wire.Parse<QuestionKind>(newKind) ?? QuestionKind.Nps)] },
            ["row", var q] => Insert(form, Index(q), row => row.Copied() with { Text = new Dictionary<string, string>(), Place = "", NewPage = false }),
            ["unrow", var q] => Change(form, Index(q), question => question with { Matrix = "" }),
            ["reason", var q] => AskReason(form, Index(q)),
            ["always", var q] => Change(form, Index(q), question => question with { ShowIf = ShowIfForm.Always }),
            ["add-rule", var q] => Rules(form, Index(q), rules => [.. rules, new RuleForm("", [], "", "")]),
            ["remove-rule", var q, var r] => Rules(form, Index(q), rules => Without(rules, Index(r))),
            ["up", var q] => form with { Questions = Moved(form.Questions, Index(q), -1) },
            ["down", var q] => form with { Questions = Moved(form.Questions, Index(q), 1) },
            ["move", var from, var to] => form with { Questions = Put(form.Questions, Index(from), Index(to)) },
            ["remove", var q] when Has(form.Questions, Index(q)) => new RemovedQuestion(Index(q), form.Questions[Index(q)]).TakeFrom(form),
            ["undo"] => RemovedQuestion.Read(form.Removed)?.PutBack(form) ?? form with { Removed = "" },
            ["copy", var q] => Insert(form, Index(q), question => question.Copied()),
            ["add-option", var q] => Options(form, Index(q), options => [.. options, new OptionForm()]),
            ["up-option", var q, var o] => Options(form, Index(q), options => Moved(options, Index(o), -1)),
            ["down-option", var q, var o] => Options(form, Index(q), options => Moved(options, Index(o), 1)),
            ["remove-option", var q, var o] => Options(form, Index(q), options => Without(options, Index(o))),
            _ => null,
        };
    }

    /// <summary>Stands among the kinds: several ratings as the rows of one table.</summary>
    public const string Table = "table";

    const int FirstRows = 3;

    static QuestionForm NewQuestion(QuestionKind kind)
    {
        var question = new QuestionForm { Kind = kind };
        if (kind == QuestionKind.Contact) return question with { Text = StandardFollowUp.ContactText };
        return question.HasOptions ? question with { Options = [new(), new()] } : question;
    }

    static DraftForm AddTable(DraftForm form)
    {
        string key = MadeKey.From(null, Table, form.Matrices.Select(m => m.Key).ToHashSet());
        var row = new QuestionForm { Kind = QuestionKind.Csat, Matrix = key };
        return form with { Questions = [.. form.Questions, .. Enumerable.Repeat(row, FirstRows).Select(r => r with { })], Matrices = [.. form.Matrices, new MatrixForm { Key = key }] };
    }

    // The follow-up names the score by its key: a question that has none yet gets one now.
    static DraftForm AskReason(DraftForm form, int index)
    {
        if (!Has(form.Questions, index)) return form;
        var taken = form.Questions.Select(q => q.Key).ToHashSet();
        var keyed = Change(form, index, q => q.Key.Length > 0 ? q : q with { Key = MadeKey.From(form.Languages is [{ } first, ..] ? q.Text.GetValueOrDefault(first) : null, Wire.Name(q.Kind), taken) });
        return Insert(keyed, index, score => QuestionForm.Of(StandardFollowUp.ReasonOf(new QuestionDefinition { Key = score.Key, Kind = score.Kind })) with { Was = "", Key = "", Place = score.Place });
    }

    static DraftForm Rules(DraftForm form, int index, Func<IReadOnlyList<RuleForm>, IReadOnlyList<RuleForm>> change) =>
        Change(form, index, question => question with { ShowIf = question.ShowIf is { } rules ? rules with { Rules = change(rules.Rules) } : null });

    // No language, or one that stands there already: the field stays as it is.
    static DraftForm AddLanguage(DraftForm form)
    {
        string tag = form.NewLanguage.Trim();
        return !TextRules.IsLanguage(tag) || form.Languages.Contains(tag, StringComparer.OrdinalIgnoreCase)
            ? form
            : form with { Languages = [.. form.Languages, tag], NewLanguage = "" };
    }

    /// <summary>With a question behind another that is made of it.</summary>
    static DraftForm Insert(DraftForm form, int index, Func<QuestionForm, QuestionForm> made) => !Has(form.Questions, index) ? form
        : form with { Questions = [.. form.Questions.Take(index + 1), made(form.Questions[index]), .. form.Questions.Skip(index + 1)] };

    static DraftForm Change(DraftForm form, int index, Func<QuestionForm, QuestionForm> change) =>
        form with { Questions = [.. form.Questions.Select((q, i) => i == index ? change(q) : q)] };

    static DraftForm Options(DraftForm form, int index, Func<IReadOnlyList<OptionForm>, IReadOnlyList<OptionForm>> change) =>
        Change(form, index, question => question with { Options = change(question.Options) });

    static IReadOnlyList<T> Moved<T>(IReadOnlyList<T> list, int index, int by)
    {
        if (!Has(list, index) || !Has(list, index + by)) return list;
        T[] moved = [.. list];
        (moved[index], moved[index + by]) = (moved[index + by], moved[index]);
        return moved;
    }

    static IReadOnlyList<T> Put<T>(IReadOnlyList<T> list, int from, int to)
    {
        if (!Has(list, from) || !Has(list, to)) return list;
        List<T> moved = [.. list];
        moved.RemoveAt(from);
        moved.Insert(to, list[from]);
        return moved;
    }

    static IReadOnlyList<T> Without<T>(IReadOnlyList<T> list, int index) => [.. list.Where((_, i) => i != index)];

    static bool Has<T>(IReadOnlyList<T> list, int index) => index >= 0 && index < list.Count;

    static int IndexOf(IReadOnlyList<string> list, string item) => Enumerable.Range(0, list.Count).FirstOrDefault(i => list[i] == item, -1);

    static int Index(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int index) ? index : -1;
}
