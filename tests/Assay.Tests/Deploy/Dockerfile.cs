namespace Assay.Tests.Deploy;

/// <summary>An instruction of a Dockerfile.</summary>
/// <param name="Name">Its name, in capitals.</param>
/// <param name="Text">What follows, on one line.</param>
/// <param name="Stage">The name of its stage; empty before the first and for a stage without a name.</param>
internal sealed record DockerInstruction(string Name, string Text, string Stage)
{
    /// <summary>What follows, by words; flags such as <c>--from=</c> are words too.</summary>
    public string[] Words => Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public string? Flag(string name) => Words.FirstOrDefault(w => w.StartsWith($"--{name}=", StringComparison.Ordinal))?[(name.Length + 3)..];
}

/// <summary>A stage of a Dockerfile.</summary>
/// <param name="Name">Its name.</param>
/// <param name="From">The image or the stage that it rests on, arguments filled in.</param>
/// <param name="Instructions">Its instructions.</param>
internal sealed record DockerStage(string Name, string From, IReadOnlyList<DockerInstruction> Instructions);

/// <summary>A Dockerfile as its instructions, read as BuildKit does: comments and broken lines are gone, arguments of the head are filled into FROM.</summary>
internal sealed class Dockerfile
{
    private Dockerfile(IReadOnlyList<DockerInstruction> instructions, IReadOnlyList<DockerStage> stages)
    {
        Instructions = instructions;
        Stages = stages;
    }

    public IReadOnlyList<DockerInstruction> Instructions { get; }

    public IReadOnlyList<DockerStage> Stages { get; }

    public static Dockerfile Parse(string text)
    {
        var stage = "";
        var all = new List<DockerInstruction>();
        var defaults = new Dictionary<string, string>();
        foreach (var line in Lines(text))
        {
            var parts = line.Split(' ', 2, StringSplitOptions.TrimEntries);
            var name = parts[0].ToUpperInvariant();
            var rest = parts.Length > 1 ? parts[1] : "";
            if (name == "FROM")
            {
                rest = defaults.Aggregate(rest, (from, d) => from.Replace($"${{{d.Key}}}", d.Value));
                var words = rest.Split(' ');
                stage = words.Length > 2 ? words[^1] : "";
            }
            else if (name == "ARG" && stage.Length == 0 && rest.Split('=', 2) is [var key, var value])
            {
                defaults[key] = value;
            }

            all.Add(new DockerInstruction(name, rest, stage));
        }

        var stages = all.Where(i => i.Name == "FROM")
            .Select(f => new DockerStage(f.Stage, f.Words[0], [.. all.Where(i => i.Stage == f.Stage && i.Name != "FROM")]));
        return new Dockerfile(all, [.. stages]);
    }

    /// <summary>The instructions of a stage with those of all that it rests on, the oldest first.</summary>
    public IReadOnlyList<DockerInstruction> Whole(string stage)
    {
        var own = Stages.Single(s => s.Name == stage);
        return Stages.Any(s => s.Name == own.From) ? [.. Whole(own.From), .. own.Instructions] : own.Instructions;
    }

    private static IEnumerable<string> Lines(string text)
    {
        var begun = "";
        foreach (var line in text.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0 && !l.StartsWith('#')))
        {
            begun += line.TrimEnd('\\');
            if (!line.EndsWith('\\'))
            {
                yield return begun;
                begun = "";
            }
        }
    }
}
