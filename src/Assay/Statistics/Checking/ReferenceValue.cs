using System.Runtime.InteropServices;

namespace Assay.Statistics.Checking;

/// <summary>A value as a reference file holds it. Lists of numbers stay numbers, so that long samples cost 8 bytes a value.</summary>
internal abstract record ReferenceValue;

/// <summary>A number. The words NaN and Infinity are the numbers that they name: JSON has no others for them.</summary>
internal sealed record ReferenceNumber(double Value) : ReferenceValue;

internal sealed record ReferenceText(string Value) : ReferenceValue;

internal sealed record ReferenceFlag(bool Value) : ReferenceValue;

/// <summary><c>null</c>: no value, or what is asked for.</summary>
internal sealed record ReferenceNothing : ReferenceValue;

/// <summary>A list of numbers alone; an empty list is one too.</summary>
internal sealed record ReferenceNumbers(List<double> Values) : ReferenceValue
{
    public ReadOnlySpan<double> Span => CollectionsMarshal.AsSpan(Values);
}

/// <summary>A list that holds other things than numbers.</summary>
internal sealed record ReferenceList(List<ReferenceValue> Items) : ReferenceValue;

/// <summary>Named values in the order of the file.</summary>
internal sealed record ReferenceObject(OrderedDictionary<string, ReferenceValue> Fields) : ReferenceValue
{
    public ReferenceValue? this[string name] => Fields.GetValueOrDefault(name);
}
