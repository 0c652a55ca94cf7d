using System.Text.Json;
using System.Text.RegularExpressions;

namespace Assay.Evaluation.Datasets;

/// <summary>What the JSON reader found wrong, in words of a dataset.</summary>
internal static partial class JsonFault
{
    public static string Of(JsonException fault) =>
        Unmapped().Match(fault.Message) is { Success: true } key
            ? $"A case has no key '{key.Groups["key"].Value}'; further fields of a prompt go into \"fields\"."
        : fault.Path is { Length: > 2 } path
            ? $"The value of \"{path[2..]}\" does not fit: id, input, expected and cluster are strings, contexts and tags lists of strings."
        : $"The line is no JSON object, or is broken at byte {fault.BytePositionInLine + 1}.";

    [GeneratedRegex("The JSON property '(?<key>[^']*)' could not be mapped", RegexOptions.NonBacktracking)]
    private static partial Regex Unmapped();
}
