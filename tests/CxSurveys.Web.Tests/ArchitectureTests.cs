using System.Text.RegularExpressions;
using CxSurveys.Web.Data;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace CxSurveys.Web.Tests;

/// <summary>The arrows between the rooms of the house, read from the compiled code.</summary>
public sealed partial class ArchitectureTests
{
    const string Features = "CxSurveys.Web.Features.", Platform = "CxSurveys.Web.Platform";

    /// <summary>Who may know whom. What is not listed is forbidden; the table has no cycle, and a test below says so.</summary>
    static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Settings"] = [],
        ["Journey"] = [],
        ["People"] = ["Settings"],
        ["Surveys"] = ["Journey", "Settings"],
        ["Branding"] = ["Surveys", "Settings", "Shared"],
        ["Channels"] = ["Journey", "Surveys", "Settings", "Shared"],
        ["Invitations"] = ["Branding", "Channels", "Journey", "Surveys", "People", "Settings"],
        ["Scores"] = ["Journey", "Surveys", "Settings"],
        ["Responses"] = ["Journey", "Surveys", "People", "Settings", "Scores", "Invitations"],
        ["Respond"] = ["Branding", "Channels", "Journey", "Invitations", "People", "Surveys", "Settings", "Scores", "Responses"],
        ["Accounts"] = ["Settings", "Shared"],
        ["Shared"] = [],
        ["Demo"] = ["Settings", "Channels", "Journey", "People", "Surveys", "Invitations", "Scores", "Responses", "Respond", "Accounts"],
    };

    static readonly ModuleDefinition Web = ModuleDefinition.ReadModule(typeof(CxDbContext).Assembly.Location);
    static readonly ModuleDefinition Scoring = ModuleDefinition.ReadModule(typeof(CxSurveys.Scoring.Score).Assembly.Location);

    [Fact]
    public void Features_know_only_those_they_may()
    {
        Assert.Empty(ForbiddenArrows(Allowed));
        Assert.NotEmpty(ForbiddenArrows(Allowed.ToDictionary(a => a.Key, _ => Array.Empty<string>())));
    }

    static List<string> ForbiddenArrows(Dictionary<string, string[]> allowed) =>
        [.. from type in AllTypes(Web)
            let knower = FeatureOf(type.FullName)
            where knower is not null
            from known in Known(type)
            let to = FeatureOf(known.FullName)
            where to is not null && to != knower && !(allowed.TryGetValue(knower, out var may) && may.Contains(to))
            select $"{type.FullName} -> {known.FullName}"];

    [Fact]
    public void The_allowed_arrows_have_no_cycle()
    {
        var left = Allowed.ToDictionary(a => a.Key, a => a.Value.ToHashSet());
        while (left.Count > 0)
        {
            var free = left.Where(a => a.Value.Count == 0).Select(a => a.Key).ToList();
            Assert.True(free.Count > 0, "A cycle among: " + string.Join(", ", left.Keys));
            foreach (string name in free) left.Remove(name);
            foreach (var rest in left.Values) rest.ExceptWith(free);
        }
    }

    [Fact]
    public void Platform_knows_no_feature()
    {
        Assert.Empty(FeaturesKnownTo(Platform));
        Assert.NotEmpty(FeaturesKnownTo("CxSurveys.Web.Data"));
    }

    static List<string> FeaturesKnownTo(string room) =>
        [.. from type in AllTypes(Web)
            where type.FullName.StartsWith(room, StringComparison.Ordinal)
            from known in Known(type)
            where FeatureOf(known.FullName) is not null
            select $"{type.FullName} -> {known.FullName}"];

    [Fact]
    public void Only_Responses_writes_answers()
    {
        Assert.Empty(Mentions(WritesAnswers(), "Responses"));
        Assert.NotEmpty(Mentions(WritesAnswers(), "nobody"));
        Assert.Empty(Uses("CxSurveys.Web.Features.Responses.Answer", "Responses"));
    }

    [Fact]
    public void Only_Scores_reads_cells()
    {
        Assert.Empty(Mentions(TouchesCells(), "Scores"));
        Assert.NotEmpty(Mentions(TouchesCells(), "nobody"));
        Assert.Empty(Uses("CxSurveys.Web.Features.Scores.Cell", "Scores"));
    }

    [Fact]
    public void Scoring_has_no_input_or_output_no_clock_and_one_package()
    {
        Assert.Empty(ImpureParts(Scoring));
        Assert.NotEmpty(ImpureParts(Web));
    }

    static List<string> ImpureParts(ModuleDefinition module) =>
        [.. module.AssemblyReferences.Select(a => a.Name).Where(name => !Regex.IsMatch(name, @"^(MathNet\.Numerics$|System\.)") || Regex.IsMatch(name, @"System\.(IO|Net|Data|Diagnostics\.Process|Console)")),
            .. module.GetMemberReferences().Select(m => m.FullName).Where(m => Regex.IsMatch(m, @"DateTime(Offset)?::get_(Utc)?Now|TimeProvider|System\.IO\.|Environment::|System\.Random"))];

    /// <summary>Texts in the code of other features than the named one that match.</summary>
    static List<string> Mentions(Regex sql, string feature) =>
        [.. from type in AllTypes(Web)
            where FeatureOf(type.FullName) != feature && !type.FullName.Contains(".Migrations.", StringComparison.Ordinal)
            from method in type.Methods
            where method.HasBody
            from instruction in method.Body.Instructions
            where instruction.OpCode == OpCodes.Ldstr && sql.IsMatch((string)instruction.Operand)
            select $"{method.FullName}: {instruction.Operand}"];

    static List<string> Uses(string entity, string feature) =>
        [.. from type in AllTypes(Web)
            where FeatureOf(type.FullName) != feature && !type.FullName.Contains(".Migrations.", StringComparison.Ordinal)
            where Known(type).Any(known => known.FullName == entity)
            select type.FullName];

    [GeneratedRegex(@"\b(insert\s+into|update|delete\s+from|truncate|merge\s+into)\s+answer\b", RegexOptions.IgnoreCase)]
    private static partial Regex WritesAnswers();

    [GeneratedRegex(@"\b(from|join|into|update|table)\s+cell(_now|_delta)?\b", RegexOptions.IgnoreCase)]
    private static partial Regex TouchesCells();

    static string? FeatureOf(string fullName) =>
        fullName.StartsWith(Features, StringComparison.Ordinal) ? fullName[Features.Length..].Split('.', '/', '`')[0] : null;

    static IEnumerable<TypeDefinition> AllTypes(ModuleDefinition module) => module.Types.SelectMany(WithNested);

    static IEnumerable<TypeDefinition> WithNested(TypeDefinition type) => type.NestedTypes.SelectMany(WithNested).Prepend(type);

    static IEnumerable<TypeReference> Known(TypeDefinition type)
    {
        var direct = type.Fields.Select(f => f.FieldType)
            .Concat(type.Interfaces.Select(i => i.InterfaceType))
            .Concat(type.BaseType is null ? [] : [type.BaseType])
            .Concat(type.Methods.SelectMany(m => m.Parameters.Select(p => p.ParameterType).Append(m.ReturnType)))
            .Concat(type.Methods.Where(m => m.HasBody).SelectMany(m => m.Body.Instructions).SelectMany(Operand));
        return direct.SelectMany(Parts);
    }

    static IEnumerable<TypeReference> Operand(Instruction instruction) => instruction.Operand switch
    {
        GenericInstanceMethod method => method.GenericArguments.Append(method.DeclaringType),
        MethodReference method => [method.DeclaringType],
        FieldReference field => [field.DeclaringType],
        TypeReference type => [type],
        _ => [],
    };

    static IEnumerable<TypeReference> Parts(TypeReference type) => type switch
    {
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Append(generic.ElementType),
        TypeSpecification wrapped => Parts(wrapped.ElementType),
        _ => [type],
    };
}
