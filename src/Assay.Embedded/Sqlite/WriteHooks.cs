namespace Assay.Embedded.Sqlite;

/// <summary>What a kit that keeps state in memory does around commits; all of it runs on the writer's thread.</summary>
/// <param name="Flush">Before a commit, and before a failed job is forgotten: write what is only in memory. May throw: then nothing of the group is kept.</param>
/// <param name="Forget">After a job or a commit failed: drop everything that was not read from the file.</param>
/// <param name="Close">Before the connection closes: let go of statements.</param>
internal sealed record WriteHooks(Action Flush, Action Forget, Action Close);
