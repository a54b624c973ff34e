/** What deformations there are, and the one that chance gives an image. */
import { generator, type RandomGenerator, uniform } from "../../random.js";
import { sineAndCosine } from "./series.js";

/** How far something goes: as far in all images, or in each as far as it draws from a range. */
export type Strength = number | { readonly from: number; readonly to: number };

/** Whether each image draws its own. */
export function isRange(strength: Strength): strength is Exclude<Strength, number> {
  return typeof strength === "object";
}

/**
 * How training images are deformed: Cireşan, Meier, Gambardella and Schmidhuber, "Deep, Big, Simple
 * Neural Nets for Handwritten Digit Recognition", Neural Computation 22(12), 2010. What is left out is
 * not done. A strength that is a range is drawn anew for each image, uniformly, as in that paper.
 */
export interface Deformation {
  /**
   * Every pixel is displaced along both axes by noise, uniform in (−1, 1) and independent for each
   * pixel, blurred with a Gaussian of the standard deviation σ (in pixels) whose weights have the sum 1,
   * times α (in pixels). So displacements have the standard deviation α/(2σ√(3π)), 0.16 α/σ. Simard,
   * Steinkraus and Platt, "Best Practices for Convolutional Neural Networks Applied to Visual Document
   * Analysis", 2003.
   */
  readonly elastic?: Elastic<Strength> | undefined;
  /**
   * F: the displacements of each image are normalised before they are multiplied by α: on a field of F × F
   * pixels their Euclidean norm, of both axes together, would be 1. So the root mean square of their
   * lengths is α/F in each image, whatever σ is. If left out, they are as their noise makes them. Simard
   * and others speak of a norm of 1, and of images of 29 × 29 pixels. It is that of both axes, since for a
   * large σ their field is "close to constant, with a random direction": of axes that are normalised one by
   * one, only the diagonals would be left. Cireşan and others take their deformations from there.
   */
  readonly elasticField?: number | undefined;
  /** Images are turned by up to so many degrees, either way. */
  readonly rotation?: Strength | undefined;
  /**
   * The rows of images are moved so that upright lines lean by up to so many degrees, either way. If
   * images may also be turned, each is either turned or slanted, by chance.
   */
  readonly shear?: Strength | undefined;
  /** Width and height each change by up to so many percent, either way. */
  readonly scaling?: Strength | undefined;
  /** Classes that are turned and slanted by half as much; {@link GENTLE} if left out. */
  readonly gentle?: readonly number[] | undefined;
}

/** The parameters of elastic deformations. */
export interface Elastic<T = number> {
  readonly sigma: T;
  readonly alpha: T;
}

/** Turned or slanted further, a 1 and a 7 would be taken for each other. */
export const GENTLE: readonly number[] = [1, 7];

/** Whether anything is done to images. */
export function deforms({ elastic, rotation, shear, scaling }: Deformation): boolean {
  return [elastic, rotation, shear, scaling].some((each) => each !== undefined);
}

/** The deformation of one image: pixel p shows what was at c + A (p − c) + u(p), c being the centre. */
export interface Warp {
  /** A, row by row. */
  readonly matrix: readonly [xx: number, xy: number, yx: number, yy: number];
  /** What the noise under the displacements u is a function of, besides the position. */
  readonly key: readonly [number, number];
  /** Those of the image; undefined where none is displaced. */
  readonly elastic: ElasticWarp | undefined;
}

/** How the displacements of one image are made of noise. */
export interface ElasticWarp extends Elastic {
  /** F: {@link Deformation.elasticField}. */
  readonly field?: number | undefined;
}

/** The Euclidean norm of normalised displacements, of both axes together, on so many pixels. */
export function normOf(alpha: number, field: number, pixels: number): number {
  return (alpha * Math.sqrt(pixels)) / field;
}

/** The deformation of the image with this index and class in an epoch; it depends on nothing else. */
export function warpOf(
  { elastic, elasticField: field, rotation, shear, scaling = 0, gentle = GENTLE }: Deformation,
  { seed, epoch, index, label }: ImageInEpoch,
): Warp {
  const random = generator(seed, `deformation ${epoch} ${index}`);
  const key = [random.next(), random.next()] as const;
  const [choice, angle, x, y] = [
    between(random),
    between(random),
    between(random),
    between(random),
  ];
  const isTurned = shear === undefined || (rotation !== undefined && choice < 0);
  const draw = (strength: Strength) =>
    isRange(strength) ? strength.from + (strength.to - strength.from) * uniform(random) : strength;
  const most = draw((isTurned ? rotation : shear) ?? 0);
  const degrees = gentle.includes(label) ? most / 2 : most;
  const { sine, cosine } = sineAndCosine(degrees * angle);
  const percent = draw(scaling);
  const [width, height] = [1 + (percent / 100) * x, 1 + (percent / 100) * y];
  // The inverse of scaling, and then turning or slanting.
  const matrix = isTurned
    ? ([cosine / width, sine / width, -sine / height, cosine / height] as const)
    : ([1 / width, sine / cosine / width, 0, 1 / height] as const);
  const drawn = elastic && { sigma: draw(elastic.sigma), alpha: draw(elastic.alpha), field };
  return { matrix, key, elastic: drawn };
}

/** What the deformation of an image depends on, besides the parameters. */
export interface ImageInEpoch {
  readonly seed: number;
  readonly epoch: number;
  /** The index of the image among the training images. */
  readonly index: number;
  readonly label: number;
}

/** Uniform in [−1, 1). */
function between(random: RandomGenerator): number {
  return 2 * uniform(random) - 1;
}
