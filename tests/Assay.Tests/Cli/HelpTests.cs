using System.CommandLine;
using Assay.Cli;

namespace Assay.Tests.Cli;

public sealed class HelpTests
{
    /// <summary>Every command by its path.</summary>
    public static TheoryData<string, bool> Commands
    {
        get
        {
            var all = new TheoryData<string, bool>();
            using var nowhere = new StringWriter();
            Add(all, CommandLine.Root(new CommandSurroundings(nowhere, nowhere, new Dictionary<string, string>(), TimeProvider.System, false)), "");
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Every_command_explains_itself(string path, bool doesWork)
    {
        using var place = new CliPlace();
        var shown = (await place.CallAsync([.. path.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"])).ShouldPass();
        shown.Error.ShouldBe("");
        shown.Out.ShouldContain("Usage:");
        if (doesWork)
        {
            shown.Out.ShouldContain("Examples:");
            shown.Out.ShouldContain($"assay {path} ");
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task An_unknown_option_is_wrong_usage(string path, bool doesWork)
    {
        using var place = new CliPlace();
        var refused = await place.CallAsync([.. path.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--no-such-option"]);
        refused.ShouldEndWith(ExitCode.WrongUsage);
        refused.Error.ShouldContain("error: ");
        refused.Error.ShouldContain("--help");
        refused.Out.ShouldBe("", doesWork ? path : null);
    }

    [Fact]
    public async Task What_follows_two_dashes_is_no_option()
    {
        using var place = new CliPlace();
        var refused = await place.RunAsync("rag", "run", "--", "--nowhere");
        refused.ShouldEndWith(ExitCode.WrongUsage);
        refused.Error.ShouldContain("'--nowhere' does not exist");
    }

    [Fact]
    public async Task The_version_is_one_line()
    {
        using var place = new CliPlace();
        var shown = (await place.RunAsync("--version")).ShouldPass();
        shown.Out.ShouldBe(CommandLine.Version + "\n");
        shown.Error.ShouldBe("");
    }

    private static void Add(TheoryData<string, bool> all, Command command, string path)
    {
        all.Add(path, command.Subcommands.Count == 0);
        foreach (var inner in command.Subcommands)
        {
            Add(all, inner, $"{path} {inner.Name}".Trim());
        }
    }
}
