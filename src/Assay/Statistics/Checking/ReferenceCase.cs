namespace Assay.Statistics.Checking;

/// <summary>One case of a reference file: what is asked of which method, and what is right.</summary>
/// <param name="Name">Its name, or its place (<c>cases[3]</c>) when it has none.</param>
/// <param name="Kind">Which method.</param>
/// <param name="Inputs">What the method is given.</param>
/// <param name="Expected">What is right, by field.</param>
/// <param name="RelativeTolerance">Largest relative error.</param>
internal sealed record ReferenceCase(string Name, string Kind, ReferenceObject Inputs, ReferenceObject Expected, double RelativeTolerance)
{
    private const double DefaultTolerance = 1e-9;

    /// <exception cref="MalformedCaseException">A part is missing or of another type.</exception>
    public static ReferenceCase Read(int index, ReferenceValue value)
    {
        if (value is not ReferenceObject fields)
        {
            throw new MalformedCaseException("the case is not an object");
        }

        var kind = fields["kind"] is ReferenceText text ? text.Value : throw new MalformedCaseException("the case has no text 'kind'");
        return new ReferenceCase(NameOf(index, value), kind, Part(fields, "inputs"), Part(fields, "expected"), Tolerance(fields["rtol"]));
    }

    /// <summary>The case's name, as far as it can be read.</summary>
    public static string NameOf(int index, ReferenceValue value) =>
        value is ReferenceObject fields && fields["name"] is ReferenceText { Value.Length: > 0 } name ? name.Value : $"cases[{index}]";

    private static ReferenceObject Part(ReferenceObject fields, string name) =>
        fields[name] as ReferenceObject ?? throw new MalformedCaseException($"the case has no object '{name}'");

    private static double Tolerance(ReferenceValue? given) =>
        given switch
        {
            null or ReferenceNothing => DefaultTolerance,
            ReferenceNumber { Value: >= 0 and < 1 } number => number.Value,
            _ => throw new MalformedCaseException("rtol is not a number from 0 to 1"),
        };
}
