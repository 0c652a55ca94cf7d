using Assay.Evaluation.Prompts;

namespace Assay.Cli.Prompting;

/// <summary>What two prompts say differently; with <c>--json</c> this is the document.</summary>
/// <param name="Old">The earlier <c>name@version</c>.</param>
/// <param name="New">The later one.</param>
/// <param name="Same">Whether a model is asked the same by both.</param>
/// <param name="Settings">Language, model, parameters and inputs that differ.</param>
/// <param name="System">The system message, part by part; empty when it is the same.</param>
/// <param name="User">The user message, part by part; empty when it is the same.</param>
internal sealed record PromptDiffReport(
    string Old,
    string New,
    bool Same,
    IReadOnlyList<ChangedSetting> Settings,
    IReadOnlyList<TextPart> System,
    IReadOnlyList<TextPart> User
)
{
    public static PromptDiffReport Of(Prompt old, Prompt @new) =>
        new(old.Id, @new.Id, old.ContentHash == @new.ContentHash, [.. Changed(old, @new)], Parts(old.System, @new.System), Parts(old.User, @new.User));

    private static IReadOnlyList<TextPart> Parts(string old, string @new) => old == @new ? [] : TextDifference.Of(old, @new);

    private static IEnumerable<ChangedSetting> Changed(Prompt old, Prompt @new) =>
        Stated(old)
            .Zip(Stated(@new), (before, after) => new ChangedSetting(before.Name, before.Value, after.Value))
            .Where(setting => setting.Old != setting.New);

    private static IEnumerable<(string Name, string Value)> Stated(Prompt prompt) =>
        [
            ("language", prompt.Language),
            ("model", prompt.Model.Length > 0 ? prompt.Model : "any"),
            ("parameters", ShownParameters.Of(prompt).ToString()),
            ("inputs", string.Join(", ", prompt.Inputs)),
        ];
}

/// <summary>A setting that differs.</summary>
internal sealed record ChangedSetting(string Name, string Old, string New);
