using System.Text.RegularExpressions;

namespace Assay.Tests.Deploy;

/// <summary>What a production image must keep; each rule is a function of the file, so that it can be seen to fail.</summary>
internal static partial class DockerfileRules
{
    private static readonly string[] Known =
    [
        "ADD",
        "ARG",
        "CMD",
        "COPY",
        "ENTRYPOINT",
        "ENV",
        "EXPOSE",
        "FROM",
        "HEALTHCHECK",
        "LABEL",
        "ONBUILD",
        "RUN",
        "SHELL",
        "STOPSIGNAL",
        "USER",
        "VOLUME",
        "WORKDIR",
    ];

    /// <summary>Everything that is wrong, a sentence each.</summary>
    /// <param name="file">The file.</param>
    /// <param name="targets">Stages that become images.</param>
    /// <param name="isSent">Whether a path of the repository exists and is sent to the builder.</param>
    public static IEnumerable<string> Faults(Dockerfile file, IReadOnlyList<string> targets, Func<string, bool> isSent) =>
        [
            .. file.Instructions.Where(i => !Known.Contains(i.Name)).Select(i => $"{i.Name} is no instruction."),
            .. file.Instructions.Where(i => i.Name == "ADD").Select(i => $"ADD {i.Text}: COPY says what it does."),
            .. Bases(file).Where(b => !Pinned().IsMatch(b)).Select(b => $"FROM {b} names no version to the patch."),
            .. Secrets(file),
            .. Missing(file, isSent),
            .. targets.SelectMany(t => TargetFaults(file, t)),
        ];

    private static IEnumerable<string> Bases(Dockerfile file) => file.Stages.Select(s => s.From).Where(f => file.Stages.All(s => s.Name != f));

    // What is set in an image or given to its build can be read by everybody who has the image.
    private static IEnumerable<string> Secrets(Dockerfile file) =>
        file
            .Instructions.Where(i => i.Name is "ARG" or "ENV" or "LABEL")
            .Where(i => Secret().IsMatch(i.Text))
            .Select(i => $"{i.Name} {i.Text} looks like a secret.");

    private static IEnumerable<string> Missing(Dockerfile file, Func<string, bool> isSent)
    {
        foreach (var copy in file.Instructions.Where(i => i.Name == "COPY"))
        {
            if (copy.Flag("from") is { } from)
            {
                if (file.Stages.All(s => s.Name != from))
                {
                    yield return $"COPY --from={from}: there is no such stage.";
                }

                continue;
            }

            foreach (var source in copy.Words.Where(w => !w.StartsWith("--")).SkipLast(1).Where(s => !isSent(s.TrimEnd('/'))))
            {
                yield return $"COPY {source}: it does not exist, or .dockerignore keeps it back.";
            }
        }
    }

    private static IEnumerable<string> TargetFaults(Dockerfile file, string target)
    {
        var whole = file.Whole(target);
        var user = whole.LastOrDefault(i => i.Name == "USER")?.Text ?? "root";
        if (!UserNumber().IsMatch(user))
        {
            yield return $"{target} runs as {user}: a user by number above 0 can be seen not to be root.";
        }

        if (whole.All(i => i.Name != "HEALTHCHECK" || i.Text == "NONE"))
        {
            yield return $"{target} has no health check.";
        }

        if (whole.LastOrDefault(i => i.Name == "ENTRYPOINT") is not { } entry || !entry.Text.StartsWith('['))
        {
            yield return $"{target} has no ENTRYPOINT as a list: a shell in between keeps SIGTERM to itself.";
        }

        if (whole.Any(i => i.Name == "RUN" && i.Text.Contains("dotnet publish")))
        {
            yield return $"{target} is built where it runs: the SDK would be in the image.";
        }

        if (whole.All(i => i.Name != "VOLUME"))
        {
            yield return $"{target} has no VOLUME: it could write nowhere with a read-only root.";
        }
    }

    [GeneratedRegex(@"^\S+:\d+\.\d+\.\d+[A-Za-z0-9.-]*(@sha256:[0-9a-f]{64})?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pinned();

    [GeneratedRegex(@"(?i)(token|secret|password|passwd|api_?key)\w*\s*=", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Secret();

    [GeneratedRegex(@"^[1-9]\d*(:[1-9]\d*)?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex UserNumber();
}
