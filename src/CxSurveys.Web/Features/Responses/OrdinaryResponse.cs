using System.Text.Json;
using System.Text.Unicode;
using CxSurveys.Web.Features.Journey;
using CxSurveys.Web.Features.Surveys;
using CxSurveys.Web.Platform;

namespace CxSurveys.Web.Features.Responses;

/// <summary>
/// Reads a body straight from its bytes, when it is an ordinary one and everything it names is in memory. It takes less than
/// <see cref="ResponseDoor"/> does and nothing that the door would refuse; of all else it says nothing.
/// </summary>
internal sealed class OrdinaryResponse(SurveyCatalog surveys, JourneyCatalog journey, ResponseDoor door)
{
    const int MaxSegments = 10, MaxQuestions = 64;

    static readonly JsonReaderOptions Options = new() { MaxDepth = JsonBody.MaxDepth };
    static readonly Dictionary<string, JsonElement> NotRead = [];

    [Flags]
    enum Members { Id = 1, Survey = 2, Touchpoint = 4, Language = 8, Channel = 16, Segment = 32, Answers = 64 }

    /// <summary>Null when it has to go the long way.</summary>
    public NewResponse? Read(ReadOnlySpan<byte> body)
    {
        if (!Utf8.IsValid(body)) return null;
        try
        {
            return ReadValid(body);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not JSON, or half of a surrogate pair.
            return null;
        }
    }

    NewResponse? ReadValid(ReadOnlySpan<byte> body)
    {
        var json = new Utf8JsonReader(body, Options);
        var posted = new Ordinary();
        Utf8JsonReader answers = default;
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject) return null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var member = MemberOf(ref json);
            if (member == 0 || !posted.IsFirst(member) || !json.Read()) return null;
            if (member == Members.Answers)
            {
                answers = json;
                if (json.TokenType != JsonTokenType.StartObject || !json.TrySkip()) return null;
            }
            else if (!posted.Take(member, ref json)) return null;
        }
        // Behind the object nothing may follow; the reader says so itself.
        return json.TokenType != JsonTokenType.EndObject || json.Read() || !posted.IsWhole ? null : Check(posted, answers);
    }

    NewResponse? Check(Ordinary posted, Utf8JsonReader json)
    {
        if (surveys.NewestInMemory(posted.Survey!) is not { Branches: false } version || journey.InMemory is not { } stages) return null;
        Touchpoint? touchpoint = null;
        if (posted.Touchpoint is { } key && !stages.Touchpoints.TryGetValue(key, out touchpoint)) return null;
        if (Answers(ref json, version) is not { } answers) return null;
        var whole = new PostedResponse
        {
            Id = posted.Id,
            Survey = posted.Survey,
            Touchpoint = posted.Touchpoint,
            Language = posted.Language,
            Channel = posted.Channel,
            Segment = posted.Segment,
            Answers = NotRead,
        };
        return door.IsClosed(version, whole) ? null : door.ToNew(whole, version, touchpoint?.Id, answers);
    }

    static Members MemberOf(ref Utf8JsonReader json) =>
        json.ValueTextEquals("id"u8) ? Members.Id
        : json.ValueTextEquals("survey"u8) ? Members.Survey
        : json.ValueTextEquals("touchpoint"u8) ? Members.Touchpoint
        : json.ValueTextEquals("language"u8) ? Members.Language
        : json.ValueTextEquals("channel"u8) ? Members.Channel
        : json.ValueTextEquals("segment"u8) ? Members.Segment
        : json.ValueTextEquals("answers"u8) ? Members.Answers
        : 0;

    static List<NewAnswer>? Answers(ref Utf8JsonReader json, PublishedVersion version)
    {
        var answers = new List<NewAnswer>(4);
        ulong seen = 0;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (!version.ByKey.TryGetValue(json.GetString()!, out var question) || question.Position >= MaxQuestions || !json.Read()) return null;
            ulong bit = 1UL << question.Position;
            if ((seen & bit) != 0) return null;
            seen |= bit;
            if (AnswerTo(question, version, ref json) is not { } answer) return null;
            answers.Add(answer);
        }
        foreach (var question in version.Questions)
            if (question.Required && (question.Position >= MaxQuestions || (seen & (1UL << question.Position)) == 0)) return null;
        return answers;
    }

    static NewAnswer? AnswerTo(Question question, PublishedVersion version, ref Utf8JsonReader json)
    {
        switch (question.Kind)
        {
            case QuestionKind.Text:
                return TextOf(ref json, AnswerCheck.MaxText) is { Length: > 0 } text ? new NewAnswer(question.Id, Text: text) : null;
            case QuestionKind.Choice:
                return TextOf(ref json, AnswerCheck.MaxText) is { } key && AnswerCheck.IsOption(key, question, version) ? new NewAnswer(question.Id, Options: [key]) : null;
            case QuestionKind.Multi:
                return null;
            default:
                // A number of digits alone: neither 9.0 nor 1e0, nor -0.
                return json.TokenType == JsonTokenType.Number && !json.ValueSpan.ContainsAnyExceptInRange((byte)'0', (byte)'9')
                    && json.TryGetInt32(out int number) && number >= question.Min && number <= question.Max ? new NewAnswer(question.Id, Value: (short)number) : null;
        }
    }

    static string? TextOf(ref Utf8JsonReader json, int max) =>
        json.TokenType == JsonTokenType.String && json.GetString() is { } text && TextRules.CodePoints(text) <= max && TextRules.IsStorable(text) ? text : null;

    /// <summary>The members of one body.</summary>
    struct Ordinary
    {
        Members seen;

        public Guid Id { get; private set; }
        public string? Survey { get; private set; }
        public string? Touchpoint { get; private set; }
        public string? Language { get; private set; }
        public string? Channel { get; private set; }
        public Dictionary<string, string>? Segment { get; private set; }

        public readonly bool IsWhole => (seen & (Members.Id | Members.Survey | Members.Answers)) == (Members.Id | Members.Survey | Members.Answers);

        public bool IsFirst(Members member)
        {
            bool first = (seen & member) == 0;
            seen |= member;
            return first;
        }

        public bool Take(Members member, ref Utf8JsonReader json)
        {
            switch (member)
            {
                case Members.Id: return json.TokenType == JsonTokenType.String && json.TryGetGuid(out var id) && (Id = id) != default;
                case Members.Survey: return (Survey = TextOf(ref json, PostedResponse.Rules.MaxValue)) is not null;
                case Members.Touchpoint: return (Touchpoint = TextOf(ref json, PostedResponse.Rules.MaxValue)) is not null;
                case Members.Language: return TextRules.IsLanguage(Language = TextOf(ref json, PostedResponse.Rules.MaxValue));
                case Members.Channel: return !string.IsNullOrWhiteSpace(Channel = TextOf(ref json, PostedResponse.Rules.MaxValue));
                default: return (Segment = SegmentOf(ref json)) is not null;
            }
        }

        static Dictionary<string, string>? SegmentOf(ref Utf8JsonReader json)
        {
            if (json.TokenType != JsonTokenType.StartObject) return null;
            var segment = new Dictionary<string, string>(4);
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                if (TextOfName(ref json) is not { } name || !json.Read() || TextOf(ref json, PostedResponse.Rules.MaxValue) is not { Length: > 0 } value) return null;
                if (!segment.TryAdd(name, value) || segment.Count > MaxSegments) return null;
            }
            return segment;
        }

        static string? TextOfName(ref Utf8JsonReader json) =>
            json.GetString() is { } name && !string.IsNullOrWhiteSpace(name) && name.Length <= PostedResponse.Rules.MaxName && TextRules.IsStorable(name) ? name : null;
    }
}
