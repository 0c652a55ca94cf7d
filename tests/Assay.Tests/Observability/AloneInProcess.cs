namespace Assay.Tests.Observability;

/// <summary>
/// For tests that see the whole process: a collector of metrics hears every meter of its name, and a regular expression that two threads
/// use at one time allocates a second runner.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneInProcess
{
    public const string Name = "observability, alone in the process";
}
