import type { LeverPlace } from '../views/lever';

export interface Size {
  width: number;
  height: number;
}

/**
 * Where the surface goes, in pixels of the window's content, from what the page asked for in its own CSS pixels.
 * Always whole within the window, whatever was asked: a page could otherwise hide half of what is read there.
 */
export function placeWithin(asked: LeverPlace, window: Size, zoom: number): LeverPlace {
  const width = Math.min(Math.round(asked.width * zoom), window.width);
  const height = Math.min(Math.round(asked.height * zoom), window.height);
  return {
    x: Math.max(0, Math.min(Math.round(asked.x * zoom), window.width - width)),
    y: Math.max(0, Math.min(Math.round(asked.y * zoom), window.height - height)),
    width,
    height,
  };
}
