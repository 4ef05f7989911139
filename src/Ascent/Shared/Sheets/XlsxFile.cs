using Ascent.Shared.Csv;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using CellText = DocumentFormat.OpenXml.Spreadsheet.Text;
using WorkbookSheets = DocumentFormat.OpenXml.Spreadsheet.Sheets;

namespace Ascent.Shared.Sheets;

/// <summary>Writes a workbook of one sheet, row by row.</summary>
public static class XlsxFile
{
    /// <param name="numbers">Cells that are numbers are written as such, to be added up and drawn. Otherwise all is text: codes begin with noughts.</param>
    public static byte[] Write(string sheetName, IEnumerable<IReadOnlyList<string>> rows, bool numbers = false)
    {
        using var file = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(file, SpreadsheetDocumentType.Workbook))
        {
            var workbook = document.AddWorkbookPart();
            var sheet = workbook.AddNewPart<WorksheetPart>();
            workbook.Workbook = new Workbook(new WorkbookSheets(new Sheet { Name = sheetName, SheetId = 1, Id = workbook.GetIdOfPart(sheet) }));
            using var writer = OpenXmlWriter.Create(sheet);
            writer.WriteStartElement(new Worksheet());
            writer.WriteStartElement(new SheetData());
            foreach (var row in rows)
            {
                writer.WriteStartElement(new Row());
                foreach (var cell in row)
                    writer.WriteElement(numbers && SpreadsheetCsv.IsNumber(cell) ? new Cell(new CellValue(cell)) { DataType = CellValues.Number }
                        : new Cell(new InlineString(new CellText(cell) { Space = SpaceProcessingModeValues.Preserve })) { DataType = CellValues.InlineString });
                writer.WriteEndElement();
            }
            writer.WriteEndElement();
            writer.WriteEndElement();
        }
        return file.ToArray();
    }
}
