using System.Collections;
using System.Globalization;

namespace Assay.Observability.Logging;

/// <summary>The fields of one log record, with a bound, in a list that is used again.</summary>
internal sealed class LogFields
{
    /// <summary>More fields than this are left out.</summary>
    public const int MaxFields = 64;

    private const int MaxItems = 100;
    private readonly KeyValuePair<string, object?>[] fields = new KeyValuePair<string, object?>[MaxFields];

    public int Count { get; private set; }

    public ref readonly KeyValuePair<string, object?> this[int index] => ref fields[index];

    public void Clear()
    {
        Array.Clear(fields, 0, Count);
        Count = 0;
    }

    public void Add(in KeyValuePair<string, object?> field)
    {
        if (Count < MaxFields)
        {
            fields[Count++] = field;
        }
    }

    /// <summary>Adds a field of a scope; the innermost scope and the record's own fields win over it.</summary>
    public void AddFromScope(in KeyValuePair<string, object?> field, int own)
    {
        // Scopes come from the outermost to the innermost.
        for (var i = 0; i < Count; i++)
        {
            if (fields[i].Key == field.Key)
            {
                fields[i] = i < own ? fields[i] : field;
                return;
            }
        }

        Add(field);
    }

    /// <summary>
    /// Writes the fields as a JSON object. The first are those of <paramref name="holes"/>, whose text is in the message too;
    /// <paramref name="isClean"/> says that this message needs no redaction.
    /// </summary>
    public void Write(JsonLine json, ReadOnlySpan<LogTemplatePart> holes, bool isClean)
    {
        var next = 0;
        foreach (ref readonly var hole in holes)
        {
            if (hole.Name is not null)
            {
                Write(json, next++, hole.JsonName, hole.IsSecret, isClean);
            }
        }

        while (next < Count)
        {
            Write(json, next, [], SensitiveNames.Contains(fields[next].Key), isClean: false);
            next++;
        }
    }

    private void Write(JsonLine json, int index, ReadOnlySpan<byte> jsonName, bool isSecret, bool isClean)
    {
        if (HasTwin(index))
        {
            return;
        }

        json.Raw(index == 0 ? ""u8 : ","u8);
        if (jsonName.IsEmpty)
        {
            json.Name(fields[index].Key, first: true);
        }
        else
        {
            json.Raw(jsonName);
        }

        if (isSecret)
        {
            json.Text(SensitiveNames.Replacement);
        }
        else
        {
            WriteValue(json, fields[index].Value, isClean);
        }
    }

    // "{A} and {A}" gives two fields of one name, and a JSON object shall have one.
    private bool HasTwin(int index)
    {
        for (var i = 0; i < index; i++)
        {
            if (fields[i].Key == fields[index].Key)
            {
                return true;
            }
        }

        return false;
    }

    private static void WriteValue(JsonLine json, object? value, bool isClean)
    {
        switch (value)
        {
            case null:
                json.Raw("null"u8);
                break;
            case string text:
                LogText.Write(json, text, isClean);
                break;
            case bool truth:
                json.Raw(truth ? "true"u8 : "false"u8);
                break;
            case int number:
                json.Value(number);
                break;
            case long number:
                json.Value(number);
                break;
            case double number when double.IsFinite(number):
                json.Value(number);
                break;
            case float number when float.IsFinite(number):
                json.Value(number);
                break;
            case decimal number:
                json.Value(number);
                break;
            case sbyte or byte or short or ushort or uint:
                json.Value(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case ulong number:
                json.Value(number);
                break;
            case DateTime time:
                LogText.Write(json, time.ToString("O", CultureInfo.InvariantCulture), isClean: true);
                break;
            case DateTimeOffset time:
                LogText.Write(json, time.ToString("O", CultureInfo.InvariantCulture), isClean: true);
                break;
            case IFormattable formattable:
                LogText.Write(json, formattable.ToString(null, CultureInfo.InvariantCulture), isClean);
                break;
            case IEnumerable items:
                WriteItems(json, items, isClean);
                break;
            default:
                LogText.Write(json, value.ToString() ?? "", isClean);
                break;
        }
    }

    private static void WriteItems(JsonLine json, IEnumerable items, bool isClean)
    {
        json.Raw("["u8);
        var count = 0;
        foreach (var item in items)
        {
            if (count == MaxItems)
            {
                break;
            }

            if (count++ > 0)
            {
                json.Raw(","u8);
            }

            // Lists in lists are written as text.
            WriteValue(json, item is IEnumerable and not string ? item.ToString() : item, isClean);
        }

        json.Raw("]"u8);
    }
}
