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
            ["add"] => form with { Questions = [.. form.Questions, NewQuestion(Wire.Parse<QuestionKind>(newKind) ?? QuestionKind.Nps)] },
            ["up", var q] => form with { Questions = Moved(form.Questions, Index(q), -1) },
            ["down", var q] => form with { Questions = Moved(form.Questions, Index(q), 1) },
            ["move", var from, var to] => form with { Questions = Put(form.Questions, Index(from), Index(to)) },
            ["remove", var q] when Has(form.Questions, Index(q)) => new RemovedQuestion(Index(q), form.Questions[Index(q)]).TakeFrom(form),
            ["undo"] => RemovedQuestion.Read(form.Removed)?.PutBack(form) ?? form with { Removed = "" },
            ["copy", var q] => Copy(form, Index(q)),
            ["add-option", var q] => Options(form, Index(q), options => [.. options, new OptionForm()]),
            ["up-option", var q, var o] => Options(form, Index(q), options => Moved(options, Index(o), -1)),
            ["down-option", var q, var o] => Options(form, Index(q), options => Moved(options, Index(o), 1)),
            ["remove-option", var q, var o] => Options(form, Index(q), options => Without(options, Index(o))),
            _ => null,
        };
    }

    public static QuestionForm NewQuestion(QuestionKind kind)
    {
        var question = new QuestionForm { Kind = kind };
        return question.HasOptions ? question with { Options = [new(), new()] } : question;
    }

    // No language, or one that stands there already: the field stays as it is.
    static DraftForm AddLanguage(DraftForm form)
    {
        string tag = form.NewLanguage.Trim();
        return !TextRules.IsLanguage(tag) || form.Languages.Contains(tag, StringComparer.OrdinalIgnoreCase)
            ? form
            : form with { Languages = [.. form.Languages, tag], NewLanguage = "" };
    }

    static DraftForm Copy(DraftForm form, int index)
    {
        if (!Has(form.Questions, index)) return form;
        return form with { Questions = [.. form.Questions.Take(index + 1), form.Questions[index].Copied(), .. form.Questions.Skip(index + 1)] };
    }

    static DraftForm Options(DraftForm form, int index, Func<IReadOnlyList<OptionForm>, IReadOnlyList<OptionForm>> change)
    {
        if (!Has(form.Questions, index)) return form;
        var question = form.Questions[index];
        return form with { Questions = [.. form.Questions.Select(q => ReferenceEquals(q, question) ? q with { Options = change(q.Options) } : q)] };
    }

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
