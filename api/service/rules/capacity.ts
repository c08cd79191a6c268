import type { Service } from '../../directory/snapshot.ts'

/** Whether no place is left, where places are counted: full is full in every unit (beds, appointments …). */
export const isFull = ({ capacities }: Pick<Service, 'capacities'>): boolean =>
  capacities.length > 0 && capacities.every(({ available }) => available <= 0)
