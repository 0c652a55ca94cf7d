using System.CommandLine;

namespace Assay.Cli.Commands;

/// <summary><c>assay eval</c>: benchmarks, and the judges that they rest on.</summary>
internal static class EvalCommand
{
    public static Command Create(CommandSurroundings surroundings) =>
        new("eval", "Run benchmarks that decide, and measure the judges that they rest on.") { EvalCalibrateCommand.Create(surroundings) };
}
