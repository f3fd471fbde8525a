using CxSurveys.Web.Features.Responses;

namespace CxSurveys.Web.Features.Respond.Guarding;

/// <summary>What became of a step that was asked for inside a flood.</summary>
public enum Step { Done, TooSoon, Later }

/// <summary>
/// Tells people's answers to an open link from automatic ones, without anybody else's help and without turning anyone away: what is
/// suspected is stored, kept apart, and can be released.
/// </summary>
public sealed class AnswerGuard(FloodWatch floods, AddressLoad load, TimeProvider clock)
{
    /// <summary>A field that people do not see; capitals are in no question's key.</summary>
    public const string Trap = "Extra";

    /// <summary>How long those without script wait instead of working out a proof.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromSeconds(20);

    /// <summary>Nobody reads and answers a question in less, nor any further one.</summary>
    static readonly TimeSpan FirstAnswer = TimeSpan.FromSeconds(1), FurtherAnswer = TimeSpan.FromMilliseconds(300);

    /// <summary>Others of the office may have answered since the form was opened.</summary>
    const int BitsForgiven = 2;

    /// <summary>What a form opened now has to bring; null as long as there is no flood.</summary>
    public ProofOfWork? Ask(string survey, string seal, HttpContext http) => floods.IsOn(survey) ? ProofOfWork.Of(seal, load.Bits(survey, http)) : null;

    /// <summary>What is stored of the answer beside its content.</summary>
    internal (ResponseState State, ResponseFlags Flags) Judge(string survey, SealedResponse form, IFormCollection sent, int answers, HttpContext http)
    {
        var flags = Speed(clock.GetUtcNow() - form.SealedAt, answers);
        bool flood = floods.Note(survey, flags != ResponseFlags.None);
        load.Note(survey, http);
        if (sent[Trap].Any(value => value?.Length > 0)) flags |= ResponseFlags.HiddenField;
        if (flood && (flags.HasFlag(ResponseFlags.TooFast) || !IsProven(survey, sent[SurveyForm.SealField], sent[ProofOfWork.Field], http))) flags |= ResponseFlags.Unproven;
        return (flags is ResponseFlags.None or ResponseFlags.TooFast ? ResponseState.Counted : ResponseState.Quarantine, flags);
    }

    /// <summary>Flags what was answered faster than it can be read.</summary>
    internal static ResponseFlags Speed(TimeSpan taken, int answers) =>
        taken < FirstAnswer + FurtherAnswer * Math.Max(0, answers - 1) ? ResponseFlags.TooFast : ResponseFlags.None;

    /// <summary>Whether a stored answer waits for its sender to show that they are a person.</summary>
    internal static bool IsAsked(StoredResponse stored) =>
        stored.State == ResponseState.Quarantine && (stored.Flags & (ResponseFlags.Unproven | ResponseFlags.HiddenField | ResponseFlags.ByHand)) == ResponseFlags.Unproven;

    /// <summary>What the page of such an answer asks for.</summary>
    public ProofOfWork AskAgain(string survey, string seal, HttpContext http) => ProofOfWork.Of(seal, load.Bits(survey, http));

    /// <summary>By a proof, or by having waited.</summary>
    internal Step Confirm(string survey, string seal, SealedResponse answer, string? proof, HttpContext http)
    {
        if (IsProven(survey, seal, proof, http)) return Step.Done;
        if (clock.GetUtcNow() - answer.SealedAt < Wait) return Step.TooSoon;
        return load.LetWaiterIn(survey, http) ? Step.Done : Step.Later;
    }

    bool IsProven(string survey, string? seal, string? proof, HttpContext http) =>
        seal is not null && ProofOfWork.Of(seal, Math.Max(AddressLoad.FewestBits, load.Bits(survey, http) - BitsForgiven)).IsMetBy(proof);
}
