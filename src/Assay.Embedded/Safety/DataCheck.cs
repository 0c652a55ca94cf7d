namespace Assay.Embedded.Safety;

internal static class DataCheck { }
