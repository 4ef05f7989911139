// The few types of D3 that Plot's own declarations name. D3 ships none, and nothing here uses it directly.
declare module "d3" {
  export interface SymbolType {
    draw(context: { moveTo(x: number, y: number): void; lineTo(x: number, y: number): void }, size: number): void;
  }
  export type CurveFactory = unknown;
  export type CurveGeneratorLineOnly = unknown;
  export type GeoPath = unknown;
  export type GeoProjection = unknown;
  export type GeoStreamWrapper = unknown;
  export type GeoPermissibleObjects = unknown;
}
