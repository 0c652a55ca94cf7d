namespace Assay.Server.Tests.Slos;

/// <summary>Tests of a hub's metrics page: a meter is heard by every hub of the process, so that no other may run beside them.</summary>
[CollectionDefinition(nameof(AloneInProcess), DisableParallelization = true)]
public sealed class AloneInProcess;
