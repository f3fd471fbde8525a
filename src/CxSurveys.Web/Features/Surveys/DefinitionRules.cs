using CxSurveys.Scoring;
using CxSurveys.Web.Platform;
using FluentValidation;

namespace CxSurveys.Web.Features.Surveys;

/// <summary>What a definition must keep by itself; whether its touchpoints exist is asked of the journey.</summary>
internal sealed class DefinitionRules : AbstractValidator<SurveyDefinition>
{
    public DefinitionRules()
    {
        RuleFor(d => d.Name).MustBeText(200);
        RuleFor(d => d.Languages).Must(l => l.Count is >= 1 and <= 50).WithMessage("1 to 50 languages; the first is the default.");
        RuleForEach(d => d.Languages).Must(TextRules.IsLanguage).WithMessage(TextRules.LanguageMessage);
        RuleFor(d => d.Languages).Must(l => l.Distinct(StringComparer.OrdinalIgnoreCase).Count() == l.Count).WithMessage("A language stands twice.");
        RuleFor(d => d.Questions).Must(q => q.Count is >= 1 and <= 200).WithMessage("1 to 200 questions.");
        RuleForEach(d => d.Questions).NotNull().SetValidator(definition => new QuestionRules(definition.Languages is [{ } first, ..] ? first : "en"));
        RuleFor(d => d.Matrices!).Custom(CheckMatrices).When(d => d.Matrices is not null);
        RuleFor(d => d.Questions).Custom((questions, context) =>
        {
            HashSet<string> keys = [];
            for (int i = 0; i < questions.Count; i++)
                if (questions[i] is { Key: { } key } && !keys.Add(key)) context.AddFailure($"questions[{i}].key", "This question key stands twice.");
        });
    }

    static void CheckMatrices(IReadOnlyList<MatrixDefinition> matrices, ValidationContext<SurveyDefinition> context)
    {
        if (matrices.Count > 200) context.AddFailure("matrices", "At most 200.");
        HashSet<string> keys = [];
        for (int i = 0; i < matrices.Count; i++)
        {
            if (matrices[i] is not { Key: { } key, Text: { } text }) context.AddFailure($"matrices[{i}]", "A heading with key and text is needed.");
            else
            {
                if (!TextRules.IsKey(key)) context.AddFailure($"matrices[{i}].key", TextRules.KeyMessage);
                else if (!keys.Add(key)) context.AddFailure($"matrices[{i}].key", "This key stands twice.");
                WordingRules.Check(text, $"matrices[{i}].text", 1000, context.InstanceToValidate.Languages is [{ } first, ..] ? first : "en", context.AddFailure);
            }
        }
    }

    sealed class QuestionRules : AbstractValidator<QuestionDefinition>
    {
        // "form" is the page's own field beside the questions.
        const string Reserved = "form";

        public QuestionRules(string defaultLanguage)
        {
            RuleFor(q => q.Key).MustBeKey();
            RuleFor(q => q.Key).Must(key => key != Reserved).WithMessage("This key is the page's own; choose another.");
            RuleFor(q => q.Text).Must((question, text) => text is null || text.ContainsKey(defaultLanguage) || (StandardWording.IsAsked(question) && StandardWording.Find(defaultLanguage) is not null)).WithMessage($"A wording in the default language, {defaultLanguage}, is needed.");
            RuleFor(q => q.Text).NotNull().When(q => !StandardWording.Has(q.Kind)).WithMessage("A wording is needed; only nps, csat and ces have a standard one.");
            RuleFor(q => q.Text!).Custom((text, context) => WordingRules.Check(text, "text", 1000, context.AddFailure)).When(q => q.Text is not null);
            RuleFor(q => q.Help!).Custom((help, context) => WordingRules.Check(help, "help", 1000, defaultLanguage, context.AddFailure)).When(q => q.Help is not null);
            RuleFor(q => q.ShowIf).Custom((condition, context) => ConditionRules.Check(condition, "showIf", context.AddFailure)).When(q => q.ShowIf is not null);
            RuleFor(q => q.TextBy!).Custom(CheckTextBy).When(q => q.TextBy is not null);
            RuleFor(q => q.Matrix!).MustBeKey().When(q => q.Matrix is not null);
            RuleFor(q => q.Labels!).Custom(CheckLabels).When(q => q.Labels is not null);
            RuleFor(q => q).Custom(CheckScale);
            RuleFor(q => q).Custom(CheckOptions);
            RuleFor(q => q).Custom(CheckPlace);
        }

        static void CheckLabels(EndLabels labels, ValidationContext<QuestionDefinition> context)
        {
            if (labels.Low is { } low) WordingRules.Check(low, "labels.low", 100, context.AddFailure);
            if (labels.High is { } high) WordingRules.Check(high, "labels.high", 100, context.AddFailure);
        }

        static void CheckTextBy(TextByGroup by, ValidationContext<QuestionDefinition> context)
        {
            if (!TextRules.IsKey(by.Question)) context.AddFailure("textBy.question", TextRules.KeyMessage);
            (string Group, IReadOnlyDictionary<string, string>? Text)[] groups = [(ScoreGroups.Negative, by.Negative), (ScoreGroups.Neutral, by.Neutral), (ScoreGroups.Positive, by.Positive)];
            if (groups.All(g => g.Text is null)) context.AddFailure("textBy", "Words for at least one of negative, neutral and positive are needed.");
            foreach (var (group, text) in groups)
                if (text is not null) WordingRules.Check(text, $"textBy.{group}", 1000, context.AddFailure);
            if (context.InstanceToValidate.Kind is not (QuestionKind.Text or QuestionKind.Choice or QuestionKind.Multi))
                context.AddFailure("textBy", "Only text, choice and multi questions can be worded by an earlier score: a score asked in several wordings would be no one number.");
        }

        static void CheckScale(QuestionDefinition question, ValidationContext<QuestionDefinition> context)
        {
            if (question.OneLine && question.Kind != QuestionKind.Text) context.AddFailure("oneLine", "Only a text question has one line or several.");
            if (question.Kind.Metric() is null)
            {
                if (question.Scale is not null) context.AddFailure("scale", "Only nps, csat, ces and rating questions have a scale.");
                if (question.Presentation is not null) context.AddFailure("presentation", "Only nps, csat, ces and rating questions have a presentation.");
                if (question.Labels is not null) context.AddFailure("labels", "Only nps, csat, ces and rating questions have end labels.");
                return;
            }
            try
            {
                question.ToMetric();
            }
            catch (MetricDefinitionException e)
            {
                context.AddFailure(e.Member, e.Message);
            }
        }

        static void CheckOptions(QuestionDefinition question, ValidationContext<QuestionDefinition> context)
        {
            const string path = "options";
            bool choosing = question.Kind is QuestionKind.Choice or QuestionKind.Multi;
            if (!choosing)
            {
                if (question.Options is not null) context.AddFailure(path, "Only choice and multi questions have options.");
                return;
            }
            if (question.Options is not { Count: >= 1 and <= 200 } options)
            {
                context.AddFailure(path, "1 to 200 options are needed.");
                return;
            }
            HashSet<string> keys = [];
            for (int i = 0; i < options.Count; i++)
            {
                if (options[i] is not { Key: { } key, Text: { } text }) context.AddFailure($"{path}[{i}]", "An option with key and text is needed.");
                else if (!TextRules.IsKey(key)) context.AddFailure($"{path}[{i}].key", TextRules.KeyMessage);
                else if (!keys.Add(key)) context.AddFailure($"{path}[{i}].key", "This option key stands twice.");
                else if (text.Count == 0 || text.Any(t => !TextRules.IsLanguage(t.Key) || string.IsNullOrWhiteSpace(t.Value) || TextRules.CodePoints(t.Value) > 500 || !TextRules.IsStorable(t.Value)))
                    context.AddFailure($"{path}[{i}].text", "A text of at most 500 characters by language is needed.");
            }
        }

        static void CheckPlace(QuestionDefinition question, ValidationContext<QuestionDefinition> context)
        {
            if (question.Kind == QuestionKind.Statement && question.Required) context.AddFailure("required", "A statement is only read; it cannot be required.");
            int named = (question.Touchpoint is null ? 0 : 1) + (question.Stage is null ? 0 : 1) + (question.Journey ? 1 : 0);
            if (named > 0 && question.Kind == QuestionKind.Statement) context.AddFailure(question.Touchpoint is not null ? "touchpoint" : question.Stage is not null ? "stage" : "journey", "A statement is only read; it is asked nowhere.");
            if (named > 1) context.AddFailure(question.Stage is null ? "journey" : "stage", "A question is asked at a touchpoint, a stage or the journey: name one of them at most.");
        }
    }
}
