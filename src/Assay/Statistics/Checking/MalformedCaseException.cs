namespace Assay.Statistics.Checking;

/// <summary>A case of a reference file that cannot be read. The message names the place inside the case: <c>inputs.a[3] is not a number</c>.</summary>
internal sealed class MalformedCaseException(string problem) : Exception(problem);
