using System.Globalization;
using System.Text.RegularExpressions;

namespace Assay.Evaluation.Judges;

/// <summary>From what a file says to a judge: every rule of a judge file, each with its own error and line.</summary>
internal static partial class JudgeReading
{
    private const double DefaultThreshold = 0.5;
    private const int MostLevels = 21;

    // Which keys a kind has beside name, kind, description and threshold.
    private static readonly Dictionary<JudgeKind, string[]> Keys = new()
    {
        [JudgeKind.Rubric] = ["prompts", "model", "endpoint", "keyVariable", "output", "scale"],
        [JudgeKind.Pairwise] = ["prompts", "model", "endpoint", "keyVariable", "output"],
        [JudgeKind.Panel] = ["members", "rule"],
        [JudgeKind.Offline] = [],
    };

    public static JudgeDefinition Read(JudgeFile file)
    {
        var kind = Kind(file);
        if (kind == JudgeKind.Offline ? file.Name != OfflineJudge.OverlapName : !Name().IsMatch(file.Name))
        {
            throw file.Place.Error(
                $"'{file.Name}' is no name of a judge of kind {file.Kind}.",
                $"Give 1 to 64 of a-z, 0-9 and _, a letter first. The offline judge, and nothing else, is named {OfflineJudge.OverlapName}."
            );
        }

        if (file.KeysOfKinds().FirstOrDefault(key => key.Given && !Keys[kind].Contains(key.Key)).Key is { } foreign)
        {
            throw file.Place.Error($"'{file.Name}' has '{foreign}:', which a judge of kind {file.Kind} does not have.", "Take it out, or change 'kind:'.");
        }

        return new JudgeDefinition(file.Name, kind)
        {
            Description = file.Description.Trim(),
            Prompts = Prompts(file, kind),
            Model = file.Model,
            Endpoint = Endpoint(file),
            KeyVariable = file.KeyVariable,
            Output = Output(file),
            Threshold = Threshold(file),
            Scale = Scale(file),
            Members = Members(file, kind),
            Rule = Rule(file),
            Place = file.Place,
        };
    }

    private static JudgeKind Kind(JudgeFile file) =>
        file.Kind switch
        {
            "rubric" => JudgeKind.Rubric,
            "pairwise" => JudgeKind.Pairwise,
            "panel" => JudgeKind.Panel,
            "offline" => JudgeKind.Offline,
            _ => throw file.Place.Error($"'{file.Name}' has the kind '{file.Kind}'.", "Write 'kind: rubric', pairwise, panel or offline."),
        };

    private static IReadOnlyList<string> Prompts(JudgeFile file, JudgeKind kind)
    {
        if (kind is not (JudgeKind.Rubric or JudgeKind.Pairwise))
        {
            return [];
        }

        List<string?> named = file is { Prompt: { } one, Prompts: null } ? [one] : file.Prompts ?? [];
        return named.Count > 0 && named.TrueForAll(prompt => !string.IsNullOrWhiteSpace(prompt)) && (file.Prompt is null || file.Prompts is null)
            ? [.. named.Select(prompt => prompt!)]
            : throw file.Place.Error(
                $"'{file.Name}' has no prompt, or 'prompt:' and 'prompts:'.",
                "Write 'prompt: name@version', or 'prompts:' with one for each language."
            );
    }

    private static Uri? Endpoint(JudgeFile file) =>
        file.Endpoint.Length == 0 ? null
        : Uri.TryCreate(file.Endpoint, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri
        : throw file.Place.Error($"'{file.Endpoint}' of '{file.Name}' is no address.", "Write it like 'endpoint: https://api.openai.com/v1'.");

    private static string Output(JudgeFile file) =>
        file.Output switch
        {
            "" => "schema",
            "schema" or "object" or "text" => file.Output,
            _ => throw file.Place.Error($"'output: {file.Output}' of '{file.Name}' is not known.", "Write 'output: schema', object or text."),
        };

    private static double Threshold(JudgeFile file) =>
        (file.Threshold ?? DefaultThreshold) is >= 0 and <= 1 and var threshold
            ? threshold
            : throw file.Place.Error(Text($"'threshold: {file.Threshold}' of '{file.Name}' is out of range."), "Give a score from 0 to 1.");

    private static JudgeScale Scale(JudgeFile file)
    {
        if (file.Scale is not { } given)
        {
            return JudgeScale.Number;
        }

        var levels = given.Select(level => Level(file, level)).ToList();
        var names = levels.Select(level => level.Name.ToLowerInvariant()).Distinct().Count();
        return levels.Count is >= 2 and <= MostLevels && names == levels.Count
            ? new JudgeScale(levels)
            : throw file.Place.Error(
                $"the scale of '{file.Name}' has fewer than 2 or more than {MostLevels} words, or one twice.",
                "Name each level once, best first."
            );
    }

    private static ScaleLevel Level(JudgeFile file, LevelFile? level) =>
        level is { Name.Length: > 0, Score: >= 0 and <= 1 } && (level.Means ?? []).Keys.All(language => language is "en" or "ru")
            ? new ScaleLevel(level.Name.Trim(), level.Score.Value, level.Means ?? [])
            : throw (level?.Place ?? file.Place).Error(
                $"a level of the scale of '{file.Name}' is not complete.",
                "Give a name, a score from 0 to 1, and what it means in en and ru: '{ name: good, score: 0.75, means: { en: … } }'."
            );

    private static IReadOnlyList<string> Members(JudgeFile file, JudgeKind kind)
    {
        var members = file.Members ?? [];
        var fits =
            members.Count is >= 2 and <= PanelJudge.MaxMembers
            && members.Distinct().Count() == members.Count
            && members.TrueForAll(member => member is not null);
        return kind != JudgeKind.Panel ? []
            : fits ? [.. members.Select(member => member!)]
            : throw file.Place.Error(
                $"the panel '{file.Name}' needs 2 to {PanelJudge.MaxMembers} members, each once.",
                "List their names: 'members: [one, other]'."
            );
    }

    private static PanelRule Rule(JudgeFile file) =>
        file.Rule switch
        {
            "" or "mean" => PanelRule.Mean,
            "majority" => PanelRule.Majority,
            _ => throw file.Place.Error($"'rule: {file.Rule}' of '{file.Name}' is not known.", "Write 'rule: mean' or 'rule: majority'."),
        };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex("^[a-z][a-z0-9_]{0,63}$", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
