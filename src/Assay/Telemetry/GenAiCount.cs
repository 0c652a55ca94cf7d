using Assay.Prices;

namespace Assay.Telemetry;

/// <summary>A count that may come under several names; the name in force wins, whatever the order.</summary>
internal struct GenAiCount
{
    private int rankPlusOne;
    private bool isCount;

    public readonly bool IsSeen => rankPlusOne > 0;

    public long Value { get; private set; }

    /// <summary>Whether it is a count within bounds; one that was not given is 0 and in bounds.</summary>
    public readonly bool IsSane => !IsSeen || (isCount && Value is >= 0 and <= TokenPrices.MaxTokens);

    public void Take(AttributeValue value, int rank)
    {
        if (!IsSeen || rank < rankPlusOne)
        {
            isCount = value.TryCount(out var count);
            Value = count;
            rankPlusOne = rank + 1;
        }
    }
}
