using Assay.Models.Calls;

namespace Assay.Cli.Evaluating;

/// <summary>An endpoint that refuses ends the command with the fix in the message, not with a stack trace.</summary>
internal static class Refusals
{
    /// <exception cref="AssayException">The endpoint refuses (exit code 4).</exception>
    public static async Task<T> GuardAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (ModelCallException e)
        {
            var fix =
                e.Fault == ModelFault.Refused
                    ? "Check the key (--key-variable) and its rights. What was done is kept: assay eval resume last"
                    : "Check the endpoint. What was done is kept: assay eval resume last";
            throw AssayException.Infrastructure(e.Message, fix, e);
        }
    }
}
